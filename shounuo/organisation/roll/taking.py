"""Taking single values out of a roll: of the right kind, or a fault with its line."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shounuo.organisation.models.units import CODE
from shounuo.organisation.roll.rows import RollFault
from shounuo.rules.loading.faults import key_text
from shounuo.rules.loading.reader import Document, Path_

LONGEST = {"zh": 60, "en": 90, "phone": 40, "place": 200, "opening": 300, "number": 30, "post": 60}


@dataclass
class Taker:
    """Takes values out of the document and notes what is wrong with them."""

    document: Document
    faults: list[RollFault] = field(default_factory=list)

    def fault(self, path: Path_, said: str) -> None:
        self.faults.append(RollFault(self.document.line(path), key_text(path), said))

    def mapping(self, path: Path_, value: Any, allowed: tuple[str, ...] = ()) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.fault(path, _("这里应为“键: 值”"))
            return {}
        for key in value:
            if allowed and key not in allowed:
                self.fault((*path, key), _("不认识的键；可用：%(keys)s") % {"keys": ", ".join(allowed)})
        return value

    def text(self, path: Path_, value: Any, default: str = "", needed: bool = False) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = self.document.raw.get(path, str(value))
        if value is None or value == "":
            if needed:
                self.fault(path, _("必须填写"))
            return default
        if not isinstance(value, str):
            self.fault(path, _("这里应为文字"))
            return default
        most = LONGEST.get(str(path[-1]), 150)
        if len(value) > most or "\0" in value:
            self.fault(path, _("最多 %(most)s 个字") % {"most": most})
        return value.strip()

    def day(self, path: Path_, value: Any) -> date | None:
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(path, _("“%(value)s”不是日期，应写成 2026-01-31") % {"value": str(value)[:40]})
            return None

    def flag(self, path: Path_, value: Any, default: bool) -> bool:
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(path, _("应为 true 或 false"))
            return default
        return value

    def choice(self, path: Path_, value: Any, allowed: tuple[str, ...], default: str) -> str:
        if value is None:
            return default
        if value not in allowed:
            self.fault(
                path,
                _("“%(value)s”不在可用的值里：%(allowed)s")
                % {"value": str(value)[:40], "allowed": ", ".join(allowed)},
            )
            return default
        return str(value)

    def words(self, path: Path_, value: Any) -> tuple[str, ...]:
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fault(path, _("这里应为列表，如 [handler]"))
            return ()
        return tuple(value)

    def code(self, path: Path_, value: Any) -> str:
        code = self.text(path, value, needed=True)
        try:
            if code:
                CODE(code)
        except ValidationError as error:
            self.fault(path, error.messages[0])
        return code
