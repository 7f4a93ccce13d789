"""A small pack that is right, written to a folder; tests spoil one line of it."""

from __future__ import annotations

from pathlib import Path

from shounuo.rules.loading import Fault, inspect_pack

FILES = {
    "pack": """\
id: tiny
title: {zh: 小制度, en: A small regulation}
issuer: {zh: 某中心, en: A centre}
source: {zh: 自拟, en: Made up}
version: "1"
published: 2026-01-01
in_force: {from: 2026-01-01}
languages: [zh, en]
contents: [c.1, c.2, c.3, c.4, c.5]
""",
    "clauses": """\
c.1: {label: 一, text: {zh: 目的, en: Purpose}, shapes: [definition], reason: {zh: 目的, en: Purpose}}
c.2: {label: 二, text: {zh: 按时, en: In time}, shapes: [commitment, routing], gaps: [A36]}
c.3: {label: 三, text: {zh: 追责, en: Consequence}, shapes: [consequence]}
c.4:
  label: 四
  text: {zh: 登记, en: Kept}
  shapes: [register, duty, norm, disclosure, arrangement]
c.5: {label: 五, text: {zh: 一次告知, en: Told once}, shapes: [commitment]}
""",
    "vocabulary": """\
roles:
  leader: {zh: 领导, en: Leader}
  office: {zh: 办公室, en: Office}
measures:
  warning: {zh: 告诫, en: Warning}
""",
    "calendars": """\
office:
  title: {zh: 办公时间, en: Office hours}
  base: china
  weekly:
    1: [["09:00", "12:00"], ["13:30", "17:30"]]
    2: [["09:00", "12:00"], ["13:30", "17:30"]]
    3: [["09:00", "12:00"], ["13:30", "17:30"]]
    4: [["09:00", "12:00"], ["13:30", "17:30"]]
    5: [["09:00", "12:00"], ["13:30", "17:30"]]
""",
    "settings": """\
day_kind:
  title: {zh: 日, en: Days}
  question: {zh: 哪种日, en: Which days}
  type: choice
  default: working days
  options:
    - {value: working days, label: {zh: 工作日, en: Working days}}
    - {value: days, label: {zh: 自然日, en: Calendar days}}
  settles: [A36]
  clauses: [c.2]
longest:
  title: {zh: 最长, en: Longest}
  question: {zh: 多长, en: How long}
  type: duration
  default: 3 working days
  clauses: [c.2]
""",
    "services": """\
licence:
  title: {zh: 证照, en: Licence}
  code: L-1
  section: desk
  summary: {zh: 办证, en: A licence}
  basis: [{zh: 某法, en: Some law}]
  who_may_apply: {zh: 任何人, en: Anyone}
  conditions: [{zh: 无, en: None}]
  materials: [{id: form-a, title: {zh: 表, en: Form}}]
  steps: [{zh: 交表, en: Hand in}]
  statutory_limit: 10 working days
  promised_limit: 4 working days
  result: {zh: 证, en: Licence}
  delivery: {zh: 窗口, en: Window}
  channels: [window]
  place: {zh: 大厅, en: Hall}
  hours: {zh: 上班, en: Office hours}
  inquiry_phone: 000-0000-0001
  complaint_phone: 000-0000-0002
  version: 1.10
  in_force_from: 2026-01-01
""",
    "commitments": """\
in-time:
  title: {zh: 按时办结, en: Finished in time}
  clause: c.2
  applies_to: {kinds: [application], services: [licence], where: {service.immediate: false}}
  starts: materials_complete
  start_where: {visit: v1}
  ends: [completed, declined]
  within:
    - {shortest_of: ["{service.statutory_limit}", "{service.promised_limit}"], from: 2026-01-01, clause: c.2}
  while_waiting_for_materials: restart
  extension: {granted_by: leader, at_most: 1, up_to: "{longest}"}
  warn: ["50%", 1 working day left]
  handling: true
  breach: [late]
leaders-word:
  title: {zh: 领导, en: Leader}
  clause: c.2
  starts: referred_to_leader
  ends: [answered]
  within: [{value: "2 {day_kind}", from: 2026-01-01}, {value: 1 day, from: 2026-01-01, when: {urgent: true}}]
told-once:
  title: {zh: 一次告知, en: Told once}
  clause: c.5
  form: check
  over: notice_issued
  kept_when:
    all_of:
      - {count: {of: notice_issued, without: new_requirement, at_most: 1}}
      - {each: {of: notice_issued, has: [basis, limit], where: {form: written}}}
promised:
  title: {zh: 承诺, en: Promised}
  clause: c.2
  starts: received
  ends: [answered]
  within: [{by: promised_date, else: "{longest}", from: 2026-01-01}]
""",
    "duties": """\
table:
  title: {zh: 月表, en: Table}
  clause: c.4
  owed_by: office
  every: FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1
  evidence: {register: entries}
""",
    "norms": """\
polite:
  title: {zh: 礼貌, en: Polite}
  clause: c.4
  check: {zh: 礼貌, en: Polite}
  observed_by: [open_visit]
""",
    "consequences": """\
late:
  title: {zh: 逾期, en: Late}
  clause: c.3
  when: {event: clock.breached, rule: in-time, unless: {any_of: [explained_before_due]}, window: 12 months}
  measure: warning
  decided_by: leader
""",
    "disclosures": """\
guide:
  title: {zh: 指南, en: Guide}
  clause: c.4
  what: service_guide
  to: public
  current_within: 5 working days
""",
    "routing": """\
asked:
  title: {zh: 首问, en: First asked}
  clause: c.2
  role: office
  is: first_employee_asked
  until: [answered]
  never: [target]
""",
    "registers": """\
entries:
  title: {zh: 登记, en: Entries}
  clause: c.4
  fields: {what: {title: {zh: 事, en: What}, type: text}}
  kept_by: office
  retention: 3 years
""",
    "arrangements": """\
desk:
  title: {zh: 窗口, en: Desk}
  clause: c.4
  what: post
  owner: office
  shown_by: {zh: 有窗口, en: There is a desk}
  review: 1 year
""",
}

STORY = """\
- name: Complete papers start the clock
  calendar: {closed: [2026-10-01/2026-10-07], open: [2026-10-10]}
  given:
    - 2026-09-28 09:10 received kind=application service=licence by=zhou
    - 2026-10-08 10:00 materials_complete visit=v1 by=wang
  at: 2026-10-09 09:00
  expect:
    in-time:
      {state: running, due: 2026-10-13 17:30, counted: [2026-10-09, 2026-10-10, 2026-10-12, 2026-10-13]}
"""


def write_pack(folder: Path, **changes: str | None) -> Path:
    """Write the pack under ``folder/tiny``; ``changes`` gives a file's text, or None to leave it out."""
    pack = folder / "tiny"
    pack.mkdir(parents=True, exist_ok=True)
    for name, text in {**FILES, **changes}.items():
        if text is not None:
            (pack / f"{name}.yaml").write_text(text, encoding="utf-8")
    return pack


def write_story(pack: Path, text: str = STORY) -> Path:
    """Add one example file to a pack folder."""
    (pack / "examples").mkdir(exist_ok=True)
    (pack / "examples" / "one.yaml").write_text(text, encoding="utf-8")
    return pack


def spoiled(folder: Path, file: str, old: str, new: str) -> list[Fault]:
    """The faults of the pack after one replacement in one file."""
    assert FILES[file].count(old) >= 1, f"{old!r} is not in {file}"
    pack = write_pack(folder, **{file: FILES[file].replace(old, new, 1)})
    return list(inspect_pack(pack, library=folder).faults)


def line_of(file: str, old: str) -> int:
    """The line of the first occurrence."""
    return FILES[file][: FILES[file].index(old)].count("\n") + 1
