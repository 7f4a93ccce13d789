"""Why a file cannot be read, as a code with its values; the words in both languages stand beside the codes."""

from collections.abc import Mapping
from typing import Any

WORDS: Mapping[str, tuple[str, str]] = {
    "empty": ("文件里没有文字。", "There are no words in the file."),
    "too_big": ("文件太大：最多 {limit} MB。", "The file is too big: at most {limit} MB."),
    "too_long": ("文字太长：最多 {limit} 个字。", "The text is too long: at most {limit} characters."),
    "too_long_for_a_pack": (
        "文字太长，草案的 {file} 会超过制度包的限度；不带 --out 可以照读，或者分成几部制度。",
        "The text is too long: the draft's {file} would be more than a pack may hold. It can be read without --out, "
        "or divided into several regulations.",
    ),
    "too_many_clauses": (
        "文字拆出的条款超过 {limit} 条，不像一份制度。",
        "The text falls into more than {limit} clauses: this is no regulation.",
    ),
    "wrong_encoding": (
        "看不出文字的编码（第 {byte} 个字节起）。请另存为 UTF-8 或 GB18030。",
        "The encoding cannot be made out (from byte {byte} on). Save it as UTF-8 or GB18030.",
    ),
    "binary": ("这不是文本文件。", "This is not a text file."),
    "old_word": (
        "这是旧的 Word（.doc）或 WPS 文件。请另存为 .docx。",
        "This is an old Word (.doc) or WPS file. Save it as .docx.",
    ),
    "other_format": (
        "读不了 {format} 文件。请用 txt、md、docx 或有文字的 pdf。",
        "A {format} file cannot be read. Use txt, md, docx, or pdf with text.",
    ),
    "not_word": (
        "这个压缩文件里没有 Word 文档。请用 txt、md、docx 或有文字的 pdf。",
        "This archive holds no Word document. Use txt, md, docx, or pdf with text.",
    ),
    "encrypted": ("文件有密码。请去掉密码后再读。", "The file has a password. Remove it first."),
    "broken_docx": ("Word 文件已损坏：{problem}。", "The Word file is broken: {problem}."),
    "unsafe_docx": (
        "Word 文件里有不允许的内容：{problem}。",
        "The Word file contains what is not allowed: {problem}.",
    ),
    "broken_pdf": ("PDF 文件已损坏，读不出文字。", "The PDF file is broken; no words can be read."),
    "scanned_pdf": (
        "PDF 里只有图像，没有文字。请先做文字识别，或用原来的文件。",
        "The PDF has pictures only and no text. Run text recognition first, or use the original file.",
    ),
    "garbled_pdf": (
        "PDF 的文字没有编码，读出来是乱码。请用原来的文件。",
        "The PDF's text has no encoding and comes out garbled. Use the original file.",
    ),
    "too_many_pages": ("PDF 有 {pages} 页，最多 {limit} 页。", "The PDF has {pages} pages; at most {limit}."),
    "takes_too_long": ("读这个 PDF 用时太久，已停止。", "Reading this PDF took too long and was stopped."),
}
"""Code -> Chinese and English."""

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "not_zip": ("不是压缩格式", "it is no archive"),
    "damaged": ("压缩内容不完整", "the archive is damaged"),
    "xml": ("内容不是规范的 XML", "its content is not well-formed XML"),
    "document_type": ("文档类型声明", "a document type declaration"),
    "too_deep": ("嵌套过深", "too deep nesting"),
    "unpacks_too_big": ("解压后过大", "it unpacks to too much"),
    "too_many_parts": ("部件过多", "too many parts"),
}
"""Values of `problem` -> Chinese and English."""


class ReadingError(ValueError):
    """A file that cannot be read as a regulation. `str()` is Chinese; `text("en")` is English."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(self.text("zh"))

    def text(self, language: str) -> str:
        """What is wrong, in words."""
        column = 0 if language.startswith("zh") else 1
        values = dict(self.values)
        if "problem" in values:
            values["problem"] = PROBLEMS[values["problem"]][column]
        return WORDS[self.code][column].format(**values)
