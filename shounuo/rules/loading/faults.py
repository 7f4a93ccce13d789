"""What is wrong with a pack: where, which key, why, and what would be allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MESSAGES: Mapping[str, tuple[str, str]] = {
    "missing_file": ("缺少这个文件", "this file is missing"),
    "not_a_file": ("不是普通文件", "this is not a plain file"),
    "not_a_folder": ("不是规则包文件夹", "this is not a pack folder"),
    "unknown_file": ("规则包里没有这个文件名", "a pack has no file of this name"),
    "too_big": ("文件 {size} 字节，超过 {limit} 字节", "the file has {size} bytes, more than {limit}"),
    "too_many": ("另有 {count} 处错误没有列出", "{count} more faults are not listed"),
    "too_many_files": ("示例文件多于 {limit} 个", "there are more than {limit} example files"),
    "too_many_nodes": (
        "文件中的条目多于 {limit} 个",
        "there are more than {limit} keys and items in the file",
    ),
    "too_deep": ("嵌套超过 {limit} 层", "nested deeper than {limit} levels"),
    "wrong_encoding": ("第 {byte} 字节不是 UTF-8 文字", "byte {byte} is not UTF-8 text"),
    "broken_yaml": ("YAML 写法有误：{problem}", "the YAML is broken: {problem}"),
    "empty": ("文件是空的", "the file is empty"),
    "not_a_mapping": ("这里应为“键: 值”，实为{found}", "key: value pairs belong here, not {found}"),
    "not_a_list": ("这里应为列表，实为{found}", "a list belongs here, not {found}"),
    "duplicate_key": ("键重复，第一次在第 {first} 行", "the key is there twice, first on line {first}"),
    "alias": ("不允许引用或锚点（{name}），请写全", "aliases and anchors ({name}) are refused: write it out"),
    "tag": ("不允许标签 {name}", "the tag {name} is refused"),
    "directive": ("不允许 % 指令", "% directives are refused"),
    "many_documents": ("一个文件只能有一份文档", "one file holds one document"),
    "odd_key": ("键必须是一个词", "a key must be one word or text"),
    "big_number": ("数字过长", "the number is too long"),
    "unknown_key": ("不认识的键", "the key is not known"),
    "missing_key": ("缺少这个键", "the key is missing"),
    "wrong_value": ("{problem}", "{problem}"),
    "bad_id": (
        "编号“{value}”只能用小写拉丁词，以 - 或 _ 连接",
        "the id {value!r} must be lower-case Latin words joined by - or _",
    ),
    "bad_date": ("“{value}”不是有效日期", "{value!r} is not a date"),
    "dates_reversed": ("开始日 {start} 在结束日 {end} 之后", "it starts on {start}, after its end {end}"),
    "wrong_pack_id": (
        "编号“{value}”与文件夹名“{folder}”不同",
        "the id {value!r} is not the folder's name {folder!r}",
    ),
    "missing_language": ("缺少语言 {language} 的文字", "the words in the language {language} are missing"),
    "unknown_clause": ("没有条款“{value}”", "there is no clause {value!r}"),
    "clause_without_rule": (
        "条款“{clause}”列为 {shape}，但没有这类规则引用它",
        "the clause {clause!r} lists {shape}, but no such rule names it",
    ),
    "unlisted_shape": (
        "规则引用的条款“{clause}”没有列出 {shape} 这一类",
        "the rule names the clause {clause!r}, which does not list the shape {shape}",
    ),
    "gap_without_setting": ("没有设置项处理疑义 {gap}", "no setting settles the gap {gap}"),
    "settles_nothing": ("没有条款列出疑义 {gap}", "no clause lists the gap {gap}"),
    "contents_missing": (
        "目录中的条款“{clause}”不在 clauses.yaml",
        "the clause {clause!r} is not in clauses.yaml",
    ),
    "not_in_contents": (
        "条款“{clause}”不在 pack.yaml 的目录中",
        "the clause {clause!r} is not in the contents of pack.yaml",
    ),
    "unknown_event": ("没有事件“{value}”", "there is no event {value!r}"),
    "unknown_condition": ("没有事件或条件“{value}”", "there is no event or condition {value!r}"),
    "unknown_role": ("没有角色“{value}”", "there is no role {value!r}"),
    "unknown_relation": ("没有角色或关系“{value}”", "there is no role or relation {value!r}"),
    "unknown_observation": ("没有检查方式“{value}”", "there is no way of observing {value!r}"),
    "unknown_register": ("没有登记簿“{value}”", "there is no register {value!r}"),
    "unknown_setting": ("没有设置项“{value}”", "there is no setting {value!r}"),
    "unknown_service": ("没有服务事项“{value}”", "there is no service {value!r}"),
    "unknown_service_field": ("服务事项没有字段“{value}”", "a service has no field {value!r}"),
    "unknown_fact_field": ("事件 {event} 没有字段“{value}”", "the event {event} has no field {value!r}"),
    "unknown_matter_field": ("办件没有字段“{value}”", "a matter has no field {value!r}"),
    "unknown_date_field": ("没有日期字段“{value}”", "there is no date field {value!r}"),
    "unknown_calendar": ("没有日历“{value}”", "there is no calendar {value!r}"),
    "unknown_consequence": ("没有后果“{value}”", "there is no consequence {value!r}"),
    "unknown_measure": ("没有措施“{value}”", "there is no measure {value!r}"),
    "unknown_rule": ("没有规则“{value}”", "there is no rule {value!r}"),
    "unknown_kind": ("没有办件类别“{value}”", "there is no kind of matter {value!r}"),
    "unknown_choice": ("“{value}”不在可选值内", "{value!r} is not one of the choices"),
    "bad_words": ("“{value}”不是时限用语", "{value!r} are not budget words"),
    "bad_period": ("“{value}”不是期间用语", "{value!r} is not a period"),
    "bad_mark": ("“{value}”不是提醒点", "{value!r} is not a warn mark"),
    "bad_number": ("“{value}”不是整数", "{value!r} is not a whole number"),
    "bad_recurrence": (
        "“{value}”不是 RFC 5545 周期：{problem}",
        "{value!r} is not an RFC 5545 recurrence: {problem}",
    ),
    "bad_template": ("花括号用法有误：“{value}”", "the braces in {value!r} are not well formed"),
    "bad_calendar": ("日历有误：{problem}", "the calendar is wrong: {problem}"),
    "unknown_pack": ("找不到规则包“{value}”", "the pack {value!r} is not found"),
    "cycle": ("规则包互相继承：{chain}", "packs extend each other in a circle: {chain}"),
    "parent_has_faults": (
        "被继承的规则包“{value}”有错误：{first}",
        "the extended pack {value!r} has faults: {first}",
    ),
    "nothing_taken": (
        "“{value}”在被继承的规则包里没有对应",
        "{value!r} matches nothing in the extended pack",
    ),
    "unmapped_rule": (
        "继承的规则“{rule}”在本包没有对应条款（原条款 {clause}）",
        "the inherited rule {rule!r} has no clause in this pack (there it is {clause})",
    ),
    "no_examples": (
        "没有一个示例：规则没有经过任何检验",
        "there is no example: nothing shows that the rules do what the text says",
    ),
    "story_without_expect": ("示例没有 expect", "the story has no expect"),
    "story_fact": ("事实写法有误：{problem}", "the fact is wrong: {problem}"),
    "story_difference": (
        "示例“{story}”：{what} 应为 {expected}，实为 {found}",
        "story {story!r}: {what} should be {expected}, but is {found}",
    ),
    "story_failed": ("示例“{story}”无法运行：{problem}", "story {story!r} cannot be run: {problem}"),
}
"""Message code -> Chinese and English words; values are named in braces."""


MOST_ALLOWED = 80
"""So many allowed words a message names."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: file and line (from 1; 0 means the whole file), key path and message.

    ``allowed`` names what would have been right, when that is a list.
    """

    file: str
    line: int
    key: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The English words."""
        return self.text("en")

    def text(self, lang: str = "en") -> str:
        """The message with the allowed words, in ``zh`` or ``en``, without the place."""
        zh = lang.startswith("zh")
        words = MESSAGES[self.code][0 if zh else 1].format(**self.values)
        if not self.allowed:
            return words
        told = [*self.allowed[:MOST_ALLOWED], *(["…"] if len(self.allowed) > MOST_ALLOWED else [])]
        return f"{words}；可用：{'、'.join(told)}" if zh else f"{words}; allowed: {', '.join(told)}"

    def line_text(self, lang: str = "en") -> str:
        """``file:line: key: message``, as one line."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.key, self.text(lang)) if part)

    def as_json(self, lang: str = "en") -> dict[str, Any]:
        """The fault for machines."""
        return {
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "code": self.code,
            "message": self.text(lang),
            "allowed": list(self.allowed),
        }


class PackFaults(Exception):
    """A pack that cannot be used; ``faults`` names everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(fault.line_text() for fault in self.faults))


def key_text(path: Iterable[str | int]) -> str:
    """A path of keys as people write it: ``within[0].value``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
