"""Papers as PDF, set by typst from the same content as the page."""

from shounuo.site.typesetting.making import NoChineseFont, pdf_of

__all__ = ["NoChineseFont", "pdf_of"]
