"""The same organisation and browsers as for the regulations."""

from tests.regulations.conftest import as_, bureau_pack, hall, ten_oclock

__all__ = ["as_", "bureau_pack", "hall", "ten_oclock"]
