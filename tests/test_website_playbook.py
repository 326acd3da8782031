"""From the files of a repository to the pages of its site."""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kam import links
from kam.git import Commit, History
from kam.language import Code
from kam.page import ADDRESS, of_lots
from kam.playbook import Playbook, produce
from kam.plugin import produce as produced_by_mkdocs

NOW = datetime(2026, 1, 15, 20, 0, tzinfo=UTC)  # already the 16th in Shanghai
ACCOUNT = "version: 1\nname: {name}\nstatus: prospect\nclass: ordinary\nmanager: chen\n{more}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "accounts/north").mkdir(parents=True)
    (tmp_path / "kam.yaml").write_text("version: 1\ncompany: Co\nlanguages: [en, zh]\n", "utf-8")
    for name, more in (("north/lakeside", ""), ("secret", "visibility: restricted\n")):
        text = ACCOUNT.format(name=name.title(), more=more)
        (tmp_path / f"accounts/{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "accounts/broken.yaml").write_text("a: [1\n", "utf-8")
    return tmp_path


def addresses(playbook: Playbook) -> list[str]:
    return [page.address for page in of_lots(playbook.stamped_pages("en")) if page.kind == "account"]


def test_every_account_has_a_page_a_broken_one_too_and_a_restricted_one_on_demand(root: Path) -> None:
    playbook = produce(root, None, NOW)
    assert addresses(playbook) == ["accounts/broken/", "accounts/lakeside/"]
    texts = [page.body + page.title for language in ("en", "zh") for page in of_lots(playbook.stamped_pages(language))]
    texts += [page.body for page in playbook.single_pages("en")]
    assert any("Lakeside" in text for text in texts)
    assert not any("Secret" in text for text in texts)
    assert {one.account for one in playbook.findings()} == {"broken", "lakeside", None}
    assert "accounts/secret/" in addresses(produce(root, None, NOW, restricted=True))


@pytest.mark.parametrize("code", ["en", "zh"])
def test_titles_of_pages_are_known_before_they_are_drawn(root: Path, code: Code) -> None:
    playbook = produce(root, None, NOW)
    told = list(playbook.single_titles(code).items())
    assert "drawn" not in vars(playbook)
    assert told == [(page.address, page.title) for page in playbook.single_pages(code)]


def test_what_all_pages_share(root: Path) -> None:
    history = History(
        Commit("7f3c2a1", 1768435200, date(2026, 1, 15)), {"accounts/broken.yaml": date(2026, 1, 2)}, False
    )
    playbook = produce(root, None, NOW, history=history)
    assert playbook.about[:5] == ("Co", ("en", "zh"), date(2026, 1, 16), "7f3c2a1", 1768435200)
    assert produce(root, date(2025, 1, 1), NOW).about.as_of == date(2025, 1, 1)
    found = {page.address: page.updated for page in of_lots(playbook.stamped_pages("zh"))}
    assert found["accounts/broken/"] == date(2026, 1, 2)
    assert found["accounts/lakeside/"] is None


def test_a_changed_account_is_drawn_again_in_every_language(root: Path) -> None:
    playbook = produce(root, None, NOW)
    file = root / "accounts/north/lakeside.yaml"
    file.write_text(ACCOUNT.format(name="Seaside", more=""), "utf-8")
    pages = playbook.changed(["accounts/north/lakeside.yaml"], NOW)
    assert pages is not None
    assert sorted(pages) == ["en", "zh"]
    for changed in pages.values():
        (page,) = changed.own
        assert (page.address, page.title) == ("accounts/lakeside/", "Seaside")
    assert any("Seaside" in page.body for page in of_lots(playbook.stamped_pages("zh")))


def test_a_new_day_asks_for_a_new_start(root: Path) -> None:
    names, tomorrow = ["accounts/north/lakeside.yaml"], NOW + timedelta(days=1)
    assert produce(root, None, NOW).changed(names, tomorrow) is None
    assert produce(root, date(2026, 1, 15), NOW).changed(names, tomorrow) is not None  # the day that was asked for


@pytest.mark.parametrize("name", ["kam.yaml", "company/people.yaml", "accounts/new.yaml", "accounts/secret.yml"])
def test_any_other_change_asks_for_a_new_start(root: Path, name: str) -> None:
    assert produce(root, None, NOW).changed([name], NOW) is None
    (root / "accounts/secret.yaml").unlink()
    assert produce(root, None, NOW).changed(["accounts/secret.yaml"], NOW) is None


def test_the_bodies_of_many_accounts_wait_in_files_and_come_out_as_they_were(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(of_lots(produce(root, None, NOW).stamped_pages("en")))
    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setattr("kam.spread.MANY", 2)
    playbook = produce(root, None, NOW, jobs=2)
    assert list(of_lots(playbook.stamped_pages("en"))) == before
    (folder,) = temporary.iterdir()
    assert list(folder.iterdir())
    assert all(not page.body and kept for one in playbook.drawn.values() for page, kept in filter(None, one.pages))
    changed = playbook.changed(["accounts/broken.yaml"], NOW)
    assert changed is not None
    assert [page.body for page in changed["en"].own] == [page.body for page in before if "broken" in page.address]
    del playbook, changed
    gc.collect()
    assert not list(temporary.iterdir())


def test_a_preview_by_mkdocs_sees_changed_templates(root: Path) -> None:
    template = root / "templates/pages/account/people.html"
    template.parent.mkdir(parents=True)
    for text in ("first state", "second state"):
        template.write_text(text, "utf-8")
        pages = of_lots(produced_by_mkdocs(root).stamped_pages("en"))
        assert text in next(page.body for page in pages if page.address == "accounts/lakeside/")


def test_names_that_cannot_be_addresses_stop_no_site_and_hide_nobody(root: Path) -> None:
    text = ACCOUNT.format(name="Same", more="")
    for name in ("Acme", "中兴", "a b", "-a", "NUL", "LAKESIDE", "south/lakeside", "x/Acme"):
        file = root / f"accounts/{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    playbook = produce(root, None, NOW, jobs=1)
    codes: tuple[Code, ...] = ("en", "zh")
    for code in codes:
        stamped, single = list(of_lots(playbook.stamped_pages(code))), list(playbook.single_pages(code))
        found = [page.address for page in (*stamped, *single)]
        assert len(found) == len(set(found))
        assert all(map(ADDRESS.fullmatch, found))
        (good,) = [page for page in stamped if page.address == "accounts/lakeside/"]
        assert good.title == "North/Lakeside"
        accounts = [page for page in stamped if page.kind == "account"]
        assert len(accounts) == 2 + 6  # x/Acme and south/lakeside are the second of their names
        (listed,) = [page for page in single if page.kind == "accounts"]
        followed = [link for link in links.links(listed.address, listed.body) if link.file.startswith("accounts/")]
        assert len({link.file for link in followed}) >= len(accounts)
        assert {link.file.removesuffix("index.html") for link in followed} <= set(found)


def test_an_account_that_becomes_restricted_asks_for_a_new_start(root: Path) -> None:
    playbook = produce(root, None, NOW)
    assert playbook.drawn  # as in a preview
    file = root / "accounts/north/lakeside.yaml"
    file.write_text(ACCOUNT.format(name="Lakeside", more="visibility: restricted\n"), "utf-8")
    assert playbook.changed(["accounts/north/lakeside.yaml"], NOW) is None
