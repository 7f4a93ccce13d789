"""Reading an answer once more before it goes out: empty phrases, questions that seem unanswered. Warns, never blocks.

Pure, and by plain lists that may be added to: no list knows every good answer, so whoever answers has the last word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

EMPTY_PHRASES: Sequence[str] = (
    "已收悉", "请耐心等待", "耐心等候", "按规定办理", "按有关规定", "按相关规定", "依法依规", "正在研究", "正在处理",
    "正在协调", "高度重视", "尽快解决", "尽快处理", "尽快办理", "予以关注", "持续关注", "相关部门", "有关部门",
    "进一步加强", "进一步完善", "请以官方通知为准", "以实际情况为准", "视情况而定", "不便答复", "另行通知",
)  # fmt: skip
"""Words that say nothing unless the same sentence also says what, who or when."""

_NUMBER = r"[0-9０-９一二三四五六七八九十百两半几]+"
_UNITS = "工作日|自然日|小时|分钟|日|天|周|月|年|点|号"
_SAYS_WHEN = rf"{_NUMBER}\s*个?({_UNITS})|[每本次当今明后][年月周天日]|当场|立即|随时|\d[:：]\d"
CONCRETE = re.compile(rf"{_SAYS_WHEN}|\d{{3,}}|{_NUMBER}\s*(元|号|楼|室|窗口)|《[^》]+》|http", re.ASCII)
"""A figure, a day, a number to call, a place or a rule by name."""

KINDS_OF_QUESTION: Sequence[tuple[str, str]] = (
    (r"多久|多长时间|几天|几个工作日|多少天|什么时候|何时|哪天|几号|几点", _SAYS_WHEN),
    (r"多少钱|收费|费用|价格|要不要钱|交多少", rf"{_NUMBER}(\.\d+)?\s*(元|块)|免费|不收|无需缴|不用交|费"),
    (r"什么材料|哪些材料|带什么|要带|准备什么|哪些手续", r"证|表|书|照|件|材料|复印|无需|不需要|不用|合同|发票"),
    (r"哪里|在哪|什么地方|哪个窗口|哪个部门|去哪|到哪|地址", r"路|街|号|楼|窗口|大厅|室|网|科|所|中心|厅|局|站"),
    (r"电话|找谁|谁负责|联系谁", r"\d{3,}|科|室|同志|先生|女士|承办"),
    (r"为什么|为何|什么原因", r"因|由于|原因|为了|依据|根据|按照"),
    (r"怎么|如何|怎样|流程|步骤", r"请|先|再|到|通过|登录|填|提交|申请|拨打|携带|联系|办理"),
    (r"吗|能不能|可不可以|是否|可否|能否|行不行|有没有|需不需要|要不要|算不算",
     r"可以|不能|能|是|否|需要|无需|不用|不必|有|没|已|未|会|属于|应当|应该|必须|不"),
)  # fmt: skip
"""What is asked -> what an answer to it would show."""

CLAUSE = re.compile(r"[^，,。.！!；;\n]*?[？?]|[^，,。！!；;？?\n]+")
LONGEST_QUOTE = 30


@dataclass(frozen=True, slots=True)
class Weakness:
    """Something to read again: ``empty_phrase`` or ``unanswered``, with the words it is about."""

    code: str
    quote: str


def weaknesses(request: str, answer: str) -> list[Weakness]:
    """What to look at again in an answer to a request, in the order of the text; empty when nothing was found."""
    return [*_empty(answer), *_unanswered(request, answer)]


def _empty(answer: str) -> Iterator[Weakness]:
    for sentence in re.split(r"[。！!；;\n]", answer):
        found = next((phrase for phrase in EMPTY_PHRASES if phrase in sentence), None)
        if found and not CONCRETE.search(sentence):
            yield Weakness("empty_phrase", found)


def questions(request: str) -> list[str]:
    """The parts of a request that ask something."""
    parts = (part.strip() for part in CLAUSE.findall(request))
    return [part for part in parts if part and (part[-1] in "？?" or _kinds(part))]


def _kinds(question: str) -> list[str]:
    return [shows for asks, shows in KINDS_OF_QUESTION if re.search(asks, question)]


def _unanswered(request: str, answer: str) -> Iterator[Weakness]:
    for question in questions(request):
        wanted = _kinds(question)[:1]
        answered = re.search(wanted[0], answer) if wanted else _shares_words(question, answer)
        if not answered:
            yield Weakness("unanswered", question[:LONGEST_QUOTE])


def _shares_words(question: str, answer: str) -> bool:
    """Whether a question of no known kind has two characters, or a word, in common with the answer."""
    said = answer.lower()
    words = re.findall(r"[a-z]{4,}", question.lower())
    pairs = {
        question[i : i + 2]
        for i in range(len(question) - 1)
        if question[i].isalnum() and question[i + 1].isalnum()
    }
    return any(word in said for word in words) if words else any(pair in answer for pair in pairs)
