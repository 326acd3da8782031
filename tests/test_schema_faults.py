"""Faults of the family schema: which rule, at which pointer and place, about what, and in which words."""

from __future__ import annotations

import pytest

from kam import schema, source
from kam.document import Document
from kam.finding import Finding
from kam.language import Language
from kam.schema import FileKind

HEAD = "version: 1\nname: A\n"


def _document(text: str, kind: FileKind = "account") -> Document:
    read = source.read(text.encode(), "accounts/a.yaml", "account" if kind == "account" else "company")
    return schema.settle(read, kind)


def _problems(text: str, kind: FileKind = "account") -> tuple[Finding, ...]:
    return schema.problems(_document(text, kind), kind)


def _short(finding: Finding) -> str:
    place = finding.place
    return (
        f"{finding.rule.removeprefix('schema.')} {finding.pointer or '-'} {finding.object} {place.line}:{place.column}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nname: A\nclass: ordinary\nteam: {manager: am}\nstakeholders:\n  boss: {title: Boss}\n",
        HEAD + "swot: {strengths: , actions: }\nprofile:\ncontacts:\nteam: {members: {am: }, form: }\n",
        HEAD + "matrix: {cells: {am: {boss: , cfo: keep, cto: {level: close}}, pm: }, introductions: {am: }}\n",
        HEAD + "x-own: {any: [1, {thing: ~}]}\nteam: {x-room: 12}\nmatrix: {cells: {a: {b: {level: keep, x-y: []}}}}\n",
        HEAD + "team: {form: temporary, project: p, until: 2026-01-01}\n",
        HEAD + "authority: {a: {text: t, accountable: x}, b: {text: t, accountable: [x, y]}}\n",
        HEAD + "contacts: [{date: 2026-01-01, kind: call, ours: [a], theirs: []}]\n",
        HEAD + "profile: {since: 1900-01-01, lost: 2024-02-29}\n",
        HEAD + f"stakeholders:\n  {'a' * 64}: {{title: T}}\n",
        HEAD + "swot: {actions: {SO1: {quadrant: SO, text: t}, WT12: {quadrant: SO, text: t, uses: []}}}\n",
        HEAD + "value: {share_of_wallet: 0, discount: 1, years: {2025: {revenue: 0.5}}}\n",
    ],
)
def test_valid(text: str) -> None:
    assert _problems(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version: 1\n", ["missing-key - name 1:1"]),
        ("class: key\n", ["missing-key - name 1:1", "missing-key - version 1:1"]),
        ("version: 1\nname:\n", ["missing-key /name name 2:1"]),
        ("version: 2\nname: A\n", ["enum /version version 1:10"]),
        (HEAD + "clas: key\n", ["unknown-key /clas clas 3:1"]),
        (HEAD + "team:\n  a/b: 1\n", ["unknown-key /team/a~1b team/a~1b 4:3"]),
        (HEAD + "class: golden\n", ["enum /class class 3:8"]),
        (HEAD + "example: yes\n", ["type /example example 3:10"]),
        (HEAD + "currency: euro\n", ["pattern /currency currency 3:11"]),
        (HEAD + "profile: []\n", ["type /profile profile 3:10"]),
        (HEAD + "profile: {size: many}\n", ["type /profile/size profile/size 3:17"]),
        (HEAD + "profile: {size: 1.5}\n", ["type /profile/size profile/size 3:17"]),
        (HEAD + "profile: {size: -1}\n", ["range /profile/size profile/size 3:17"]),
        (HEAD + "profile:\n  since: 2026-02-30\n", ["format /profile/since profile/since 4:10"]),
        (HEAD + "profile: {since: 1899-12-31}\n", ["format /profile/since profile/since 3:18"]),
        (HEAD + "profile: {since: 2026-1-5}\n", ["format /profile/since profile/since 3:18"]),
        (HEAD + "profile: {since: 20260105}\n", ["format /profile/since profile/since 3:18"]),
        (HEAD + "profile: {since: 2026-W01-1}\n", ["format /profile/since profile/since 3:18"]),
        (HEAD + 'profile: {since: "２０２６-01-05"}\n', ["format /profile/since profile/since 3:18"]),
        (HEAD + "stakeholders:\n  boss:\n", ["missing-key /stakeholders/boss stakeholders/boss/title 4:3"]),
        (
            HEAD + "stakeholders:\n  boss:\n    title:\n",
            ["missing-key /stakeholders/boss/title stakeholders/boss/title 5:5"],
        ),
        (HEAD + "stakeholders:\n  Boss: {title: T}\n", ["pattern /stakeholders/Boss stakeholders/Boss 4:3"]),
        (HEAD + "stakeholders:\n  x-boss: {title: T}\n", ["pattern /stakeholders/x-boss stakeholders/x-boss 4:3"]),
        (
            HEAD + f"stakeholders:\n  {'a' * 65}: {{title: T}}\n",
            [f"range /stakeholders/{'a' * 65} stakeholders/{'a' * 65} 4:3"],
        ),
        (HEAD + "stakeholders: {a: {title: T, level: 6}}\n", ["range /stakeholders/a/level stakeholders/a/level 3:37"]),
        (
            HEAD + "matrix: {cells: {am: {boss: often}}}\n",
            ["enum /matrix/cells/am/boss matrix/cells/am/boss 3:29"],
        ),
        (HEAD + "matrix: {cells: {am: {boss: [keep]}}}\n", ["type /matrix/cells/am/boss matrix/cells/am/boss 3:29"]),
        (
            HEAD + "matrix:\n  cells:\n    am:\n      boss: {every_days: 0, levl: keep}\n",
            [
                "missing-key /matrix/cells/am/boss matrix/cells/am/boss/level 6:7",
                "range /matrix/cells/am/boss/every_days matrix/cells/am/boss/every_days 6:26",
                "unknown-key /matrix/cells/am/boss/levl matrix/cells/am/boss/levl 6:29",
            ],
        ),
        (
            HEAD + "contacts:\n  - date: 2026-01-01\n    ours: []\n    theirs: boss\n",
            [
                "missing-key /contacts/0 contacts/0/kind 4:5",
                "range /contacts/0/ours contacts/0/ours 5:11",
                "type /contacts/0/theirs contacts/0/theirs 6:13",
            ],
        ),
        (
            HEAD + "swot: {strengths: {W1: {area: product, text: t}}}\n",
            ["pattern /swot/strengths/W1 swot/strengths/W1 3:20"],
        ),
        (
            HEAD + "swot: {actions: {SO1: {quadrant: SO, text: t, uses: [S1, O1, S1]}}}\n",
            ["combination /swot/actions/SO1/uses/2 swot/actions/SO1/uses/2 3:62"],
        ),
        (HEAD + "team:\n  form: temporary\n  until:\n", ["combination /team team 3:1"]),
        (
            HEAD + "opportunities: {a: {steps: {close: {strategy: active}}}}\n",
            ["combination /opportunities/a/steps/close opportunities/a/steps/close 3:29"],
        ),
        (
            HEAD + "authority: {a: {text: t, accountable: {x: y}}}\n",
            ["type /authority/a/accountable authority/a/accountable 3:39"],
        ),
        (
            HEAD + "authority: {a: {text: t, accountable: [x, [y]]}}\n",
            ["type /authority/a/accountable/1 authority/a/accountable/1 3:43"],
        ),
        (HEAD + "value: {years: {26: {revenue: 1}}}\n", ["pattern /value/years/26 value/years/26 3:17"]),
        (HEAD + "value: {discount: 1.01}\n", ["range /value/discount value/discount 3:19"]),
        (
            HEAD + "team: {kickoffs: [~]}\n",
            [
                "missing-key /team/kickoffs/0 team/kickoffs/0/attended 3:19",
                "missing-key /team/kickoffs/0 team/kickoffs/0/date 3:19",
            ],
        ),
        (HEAD + "waivers: [{rule: swot, at: /, why: w}]\n", ["missing-key /waivers/0 waivers/0/until 3:11"]),
        (
            HEAD + "waivers: [{rule: swot, at: ' ', why: '', until: 2026-01-01}]\n",
            ["pattern /waivers/0/at waivers/0/at 3:28", "pattern /waivers/0/why waivers/0/why 3:38"],
        ),
        (HEAD + "stakeholders: {a: {title: T, level: 3\u200b}}\n", []),
        (HEAD + "context: [{date: 2026-01-01, text: }]\n", ["missing-key /context/0/text context/0/text 3:30"]),
    ],
)
def test_faults(text: str, expected: list[str]) -> None:
    assert [_short(one) for one in _problems(text)] == expected
    assert all(one.severity == "error" and one.file == "accounts/a.yaml" for one in _problems(text))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("kam", "version: 1\ncompany: C\n", []),
        ("kam", "company: C\nlanguages: [zh, en]\nas_of: 2026-01-15\nhealth: {red: 60, green: 90}\n", []),
        ("kam", "company: C\nrules: {options: {contact.stale: {x: [1], y: 2}}, severity: {swot: info}}\n", []),
        ("kam", "company: C\nwaivers: [{rule: a, at: b, why: c, until: 2026-01-01}]\n", []),
        ("kam", "version: 1\n", ["missing-key - company 1:1"]),
        ("kam", "company: C\nlanguages: [de]\n", ["enum /languages/0 languages/0 2:13"]),
        ("kam", "company: C\nlanguages: []\n", ["range /languages languages 2:12"]),
        ("kam", "company: C\nlanguage: fr\n", ["enum /language language 2:11"]),
        ("kam", "company: C\nedit_url: 'javascript:alert(1)'\n", ["pattern /edit_url edit_url 2:11"]),
        ("kam", "company: C\nclasses: {gold: {}}\n", ["unknown-key /classes/gold classes/gold 2:11"]),
        ("kam", "company: C\nclasses: {key: {depth: deep}}\n", ["enum /classes/key/depth classes/key/depth 2:24"]),
        ("kam", "company: C\naccount_levels: {6: x}\n", ["unknown-key /account_levels/6 account_levels/6 2:18"]),
        ("kam", "company: C\nrules: {severity: {A: info}}\n", ["pattern /rules/severity/A rules/severity/A 2:20"]),
        ("kam", "company: C\nhealth: {red: 101}\n", ["range /health/red health/red 2:15"]),
        ("people", "people: {a: {name: A, function: other}}\ndepartments: {s: {name: S}}\n", []),
        ("people", "people: {a: {name: A}}\n", ["missing-key /people/a people/a/function 1:10"]),
        ("people", "people: {a: {name: A, function: boss}}\n", ["enum /people/a/function people/a/function 1:33"]),
        (
            "people",
            "people: {tbd: , a: 1}\n",
            [
                "missing-key /people/tbd people/tbd/function 1:10",
                "missing-key /people/tbd people/tbd/name 1:10",
                "type /people/a people/a 1:20",
            ],
        ),
    ],
)
def test_faults_of_company_files(kind: FileKind, text: str, expected: list[str]) -> None:
    assert [_short(one) for one in _problems(text, kind)] == expected


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        (
            HEAD + "clas: key\n",
            "“clas” is not a field that stands here. Did you mean “class” (Class)? A field of your own begins with x-.",
            "“clas”不是这里的字段。 是不是“class”（类别）？自定义字段要以 x- 开头。",
        ),
        (
            HEAD + "团队: {}\n",
            "“团队” is not a field that stands here. Did you mean “team” (Team)? A field of your own begins with x-.",
            "“团队”不是这里的字段。 是不是“team”（虚拟团队）？自定义字段要以 x- 开头。",
        ),
        (
            HEAD + "stakeholders: {a: {title: T, stance: suporter}}\n",
            (
                "Stance: “suporter” is not one of the words for it. "
                "Did you mean supporter? Allowed: helper, supporter, neutral, opponent, unknown."
            ),
            (
                "立场：“suporter”不是可选的词。 是不是 supporter（支持者）？"
                "可以写：helper（帮助者）、supporter（支持者）、"
                "neutral（中立者）、opponent（反对者）、unknown（未知）。"
            ),
        ),
        (
            HEAD + "stakeholders: {a: {title: T, stance: 反对者}}\n",
            (
                "Stance: “反对者” is not one of the words for it. "
                "Did you mean opponent? Allowed: helper, supporter, neutral, opponent, unknown."
            ),
            (
                "立场：“反对者”不是可选的词。 是不是 opponent（反对者）？"
                "可以写：helper（帮助者）、supporter（支持者）、"
                "neutral（中立者）、opponent（反对者）、unknown（未知）。"
            ),
        ),
        (
            HEAD + "stakeholders: {a: {}}\n",
            "“title” is missing: Position. Write a line “title: …” here. The person's position.",
            "缺少“title”：职务。 请在这里补一行“title: …”。在客户单位的职务。",
        ),
        (
            HEAD + "team: {form: temporary}\n",
            (
                "With “form: temporary” these must be filled in as well: project, until. "
                "Fill them in, or change “form: temporary”."
            ),
            "写了“form: temporary”，还必须填写：project、until。 请补上，或者修改“form: temporary”。",
        ),
        (
            HEAD + "authority: {a: {text: t, accountable: {}}}\n",
            (
                "Accountable must be a text or a list; here stands a group of fields. "
                "Write one text; put it into quotes if it contains “: ” or begins with a bracket."
            ),
            "“责任人”要写文字或列表，这里写的是一组字段。 请写一段文字；文字里有“: ”或以括号开头时要加引号。",
        ),
        (
            HEAD + "stakeholders: {王总: {title: T}}\n",
            (
                "“王总” cannot stand here (Id). Small letters a–z, digits and single hyphens between them, "
                "at most 64 characters; it never begins with x-. Example: chief-engineer"
            ),
            (
                "“王总”不能写在这里（编号）。 用小写字母 a–z、数字和单个连字符，"
                "最多 64 个字符，不能以 x- 开头。例如：chief-engineer"
            ),
        ),
    ],
)
def test_words(text: str, english: str, chinese: str) -> None:
    (finding,) = _problems(text)
    said = {code: f"{code.say(finding.message)} {code.say(finding.fix)}" for code in (Language("en"), Language("zh"))}
    assert said[Language("en")] == english
    assert said[Language("zh")] == chinese


def test_text_of_a_file_is_cut_and_stays_on_one_line() -> None:
    (finding,) = _problems(HEAD + 'class: "' + "x" * 500 + '\\n::error::"\n')
    said = Language("en").say(finding.message)
    assert len(said) < 120
    assert "\n" not in said


def test_a_value_with_a_fault_of_the_source_is_not_told_twice() -> None:
    document = _document(HEAD + "value: {discount: .nan}\nstakeholders: {a: {title: *x}}\n")
    assert {one.rule for one in document.faults} == {"source.number", "source.sharing"}
    assert schema.problems(document, "account") == ()


def test_very_many_faults_are_counted_section_by_section() -> None:
    people = "".join(f"  s{number}: {{title: T, level: 9}}\n" for number in range(150))
    keys = "".join(f"k{number}: 1\n" for number in range(30))
    found = _problems(HEAD + keys + "stakeholders:\n" + people)
    assert len(found) == 101
    assert {one.rule for one in found[:30]} == {"schema.unknown-key"}
    last = found[-1]
    assert (last.pointer, last.object, last.rule) == ("/stakeholders", "stakeholders", "schema.type")
    assert Language("en").say(last.message) == "Stakeholders: 80 more faults are not listed."


def test_very_many_unknown_keys_are_counted() -> None:
    found = _problems(HEAD + "".join(f"k{number}: 1\n" for number in range(130)))
    assert len(found) == 101
    assert (found[-1].pointer, found[-1].object) == ("", "/")
    assert Language("zh").say(found[-1].message) == "客户：另有 30 个错误没有列出。"


def test_no_two_findings_of_one_file_have_the_same_id() -> None:
    text = HEAD + "contacts: [{}, {kind: x}]\nstakeholders: {A: , B: {titel: 1}}\nclass: 1\nfoo: 1\nbar: 1\n"
    ids = [one.id for one in _problems(text)]
    assert len(ids) == len(set(ids)) > 10


def test_what_could_not_be_read_has_no_schema_faults() -> None:
    assert schema.problems(_document("- a\n"), "account") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "　class: key\n", "it holds U+3000 IDEOGRAPHIC SPACE instead"),
        (HEAD + "class: key\xa0\n", "it holds U+00A0 NO-BREAK SPACE instead"),
        (HEAD + "team: {manager：am}\n", "it holds ： instead"),
        (HEAD + "stakeholders:\n  a:\n    title：T\n", "full-width one"),
        (HEAD + "stakeholders: {a: {title: T, buying_roles: [boss]}}\n", "Roles in buying: “boss” is not one"),
        (HEAD + "stakeholders:\n  a:\n    title:\n", "“title” is empty: "),
    ],
)
def test_words_for_what_often_happens(text: str, said: str) -> None:
    (found,) = _problems(text)
    assert said in Language("en").say(found.message)
    assert found.fix.text
