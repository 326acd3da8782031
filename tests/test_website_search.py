"""What the search index holds for a page of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from kam.page import Page, SearchEntry
from kam.search import BREAK, entries, pairs, pinyin


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("采购总监", ["采购", "购总", "总监"]),
        ("中兴通讯 ZTE 5G 基站", ["中兴", "兴通", "通讯", "基站"]),
        ("王 a 李", ["王", "李"]),
        ("no Chinese", []),
        ("𠀀𠀁𠀂", ["𠀀𠀁", "𠀁𠀂"]),
    ],
)
def test_chinese_is_cut_into_overlapping_pairs(text: str, found: list[str]) -> None:
    assert pairs(text).split(BREAK) == (found or [""])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("欧阳靖仪", {"ouyangjingyi", "oyjy"}),
        ("曾国强", {"zengguoqiang", "zgq"}),
        ("单雄信", {"shanxiongxin", "sxx"}),
        ("单于明", {"chanyuming", "cym"}),
        ("解珍", {"xiezhen", "xz"}),
        ("查良镛", {"zhaliangyong", "zly"}),
        ("区德明", {"oudeming", "odm"}),
        ("Chen", set()),
    ],
)
def test_a_name_is_found_by_its_pinyin_and_initials(name: str, words: set[str]) -> None:
    found = set(pinyin(name).split())
    assert words <= found
    assert bool(words) == bool(found)


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
COMMON = st.sampled_from("重庆银行长江大学校长安行动音乐都市长春朝阳还款数据单位")


@given(st.text(HAN | COMMON, min_size=1, max_size=8))
def test_words_are_read_as_the_library_reads_them(text: str) -> None:
    assert pinyin(text).split()[0] == "".join(lazy_pinyin(text))


def test_a_surname_reading_is_for_names_not_for_long_texts() -> None:
    assert "zha" not in pinyin("查询客户的记录")


def test_entries_are_html_with_words_nobody_sees() -> None:
    search = (SearchEntry("p-1", "<b>总监</b>", 'a & "b"'),)
    page = Page("accounts/x/", "account", "Lake", "<p></p>", description="12 people", search=search)
    whole, person = entries(page)
    assert whole == {"location": "accounts/x/", "title": "Lake", "text": "12 people"}
    assert person == {
        "location": "accounts/x/#p-1",
        "title": '&lt;b&gt;总监&lt;/b&gt;<span class="kam-keys" hidden> 总监 zongjian zj</span>',
        "text": "a &amp; &quot;b&quot;",
    }
