"""What a change of files means for a site that is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.livereload import LiveReloadServer

from kam.finding import KamError, Message
from kam.language import Code
from kam.page import Changed, Page
from kam.renewal import Renewal, Shown, changes, state
from tests.invented import Invented

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


class _Producer(Invented):
    """Says of every account that it has changed, and of no page that it has."""

    def changed(self, names: Collection[str], now: datetime) -> Mapping[Code, Changed] | None:
        assert now == NOW
        (self.root / "asked").write_text(" ".join(names), "utf-8")
        return {"en": Changed([], [])} if names != ["accounts/new.yaml"] else None


class _Site:
    """A site that nobody looks at, and how often everything was made."""

    def __init__(self, root: Path, server: LiveReloadServer, alone: bool) -> None:
        self.root, self.builds, self.said = root, 0, list[KamError]()
        self.error: Exception | None = None
        self.renewal = Renewal(root, root, server, self.everything, self.said.append, alone=alone)
        self.renewal.shown = self.shown()

    def shown(self) -> Shown:
        inputs = ("accounts", "kam.yaml")
        trees: dict[Code, object] = {"en": SimpleNamespace(folder=self.root)}  # no page is written
        return Shown(_Producer(self.root), trees, inputs, state(self.root, inputs))  # type: ignore[arg-type]

    def everything(self) -> Shown:
        if self.error:
            raise self.error
        self.builds += 1
        return self.shown()

    def asked(self) -> str:
        file = self.root / "asked"
        return file.read_text("utf-8") if file.exists() else ""

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.fixture(params=[True, False], ids=["alone", "with others"])
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[_Site]:
    for name in ("accounts/a.yaml", "accounts/b.yaml", "kam.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("first", "utf-8")
    with LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path)) as server:
        yield _Site(tmp_path, server, request.param)


def test_of_changed_accounts_only_their_pages_are_made(site: _Site) -> None:
    site.write("accounts/b.yaml", "another state")
    site.write("accounts/a.yaml", "another state")
    site.renewal.renew(NOW)
    assert (site.asked(), site.builds) == ("accounts/a.yaml accounts/b.yaml", 0)
    assert site.renewal.later
    site.renewal.renew(NOW)  # asked for by a file that was touched
    assert (site.renewal.later, site.builds) == ([], 0)


@pytest.mark.parametrize("name", ["kam.yaml", "accounts/new.yaml"])
def test_after_another_change_everything_is_made(site: _Site, name: str) -> None:
    site.write("accounts/a.yaml", "another state")
    site.renewal.renew(NOW)
    site.write(name, "another state")
    site.renewal.renew(NOW)
    assert (site.builds, site.renewal.later) == (1, [])


def test_a_change_of_what_others_have_watched_makes_everything(site: _Site) -> None:
    site.renewal.renew(NOW)
    assert site.builds == (0 if site.renewal.alone else 1)


@pytest.mark.parametrize("error", [KamError(Message("this way")), PermissionError(13, "no", "kam.yaml")])
def test_what_stands_in_the_way_is_said_and_tried_again_after_the_next_change(site: _Site, error: Exception) -> None:
    site.error = error
    site.write("kam.yaml", "another state")
    site.renewal.renew(NOW)
    assert len(site.said) == 1
    site.error = None
    site.write("accounts/a.yaml", "another state")
    site.renewal.renew(NOW)
    assert (site.builds, site.asked()) == (1, "")


def test_other_errors_are_not_hidden(site: _Site) -> None:
    site.error = OSError("of no known kind")
    site.write("kam.yaml", "another state")
    with pytest.raises(OSError, match="of no known kind"):
        site.renewal.renew(NOW)


def test_a_file_that_is_new_gone_or_different_is_a_change(site: _Site) -> None:
    shown = site.shown()
    site.write("accounts/new.yaml", "x")
    site.write("accounts/b.yaml", "another state")
    (site.root / "accounts/a.yaml").unlink()
    (site.root / "asked").write_text("no input", "utf-8")
    names, now = changes(site.root, shown)
    assert names == {"accounts/new.yaml", "accounts/b.yaml", "accounts/a.yaml"}
    assert changes(site.root, shown._replace(state=now))[0] == set()


def test_inputs_outside_the_repository_are_followed(site: _Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    shown = site.shown()._replace(inputs=(str(outside),), state={})
    (outside / "page.md").write_text("x", "utf-8")
    assert changes(site.root, shown)[0] == {f"{outside}/page.md"}


def test_what_stopped_half_way_is_made_again(site: _Site) -> None:
    def broken() -> Iterator[Page]:
        yield from ()
        raise KamError(Message("a template is wrong"))

    assert site.renewal.shown
    site.renewal.later.append((site.renewal.shown.trees["en"], Changed([], broken())))
    site.renewal.renew(NOW)
    assert [str(one) for one in site.said] == ["a template is wrong"]
    site.renewal.renew(NOW)
    assert (site.builds, site.renewal.later) == (1, [])
