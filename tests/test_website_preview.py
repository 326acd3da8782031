"""kam serve: a changed account is there at once, in all languages, and nothing is asked of other machines."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from kam.finding import KamError, Message
from kam.language import Language
from kam.preview import prepared, serve
from tests import invented

PATIENCE = 20.0


class _Served:
    """A running preview and what was asked of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = 0
        self.builds: list[str] = []
        self.refused: list[KamError] = []

    def produce(self) -> invented.Invented:
        """A new producer, which means that everything is made new."""
        self.builds.append("everything")
        if (self.root / "kam.yaml").read_text("utf-8") == "broken":
            raise KamError(Message("nothing can be read"))
        return invented.Invented(self.root)

    def get(self, name: str, host: str = "127.0.0.1", *, port: bool = True) -> tuple[int, str]:
        """Status and text of a page."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"/{name}", headers={"Host": f"{host}:{self.port}" if port else host})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def wait(self, true: Callable[[], bool]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, "it never came"
            time.sleep(0.02)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Served]:
    made = _Served(invented.repository(tmp_path_factory.mktemp("preview")))
    with prepared(made.root, 0, made.produce, made.refused.append) as server:
        thread = threading.Thread(target=server.serve)
        thread.start()
        made.wait(lambda: server.socket.fileno() >= 0 and server.serve_thread.is_alive())
        made.port = server.server_address[1]
        yield made
        server.shutdown()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_a_changed_account_is_stamped_in_every_language_and_nothing_else_is_made(served: _Served) -> None:
    before = list(served.builds)
    (served.root / "accounts/lakeside.yaml").write_text("second state", "utf-8")
    served.wait(lambda: "second state" in served.get("accounts/lakeside/")[1])
    english = served.get("en/accounts/lakeside/")[1]
    assert "second state" in english
    assert 'hreflang="en" lang="en" class="md-select__link" aria-current="true"' in english
    assert served.builds == before
    for name in ("", "en/"):
        served.wait(lambda name=name: "<h1>second state</h1>" in served.get(name)[1])  # type: ignore[misc]
        home = served.get(name)[1]
        assert re.search(r'md-nav__link--active">\s*<span class="md-ellipsis">\s*Changed', home)


def test_the_search_follows_a_changed_account(served: _Served) -> None:
    def found(tree: str) -> dict[str, str]:
        docs = json.loads(served.get(f"{tree}search/search_index.json")[1])["docs"]
        assert len({one["location"] for one in docs}) == len(docs)
        return {one["location"]: one["title"] for one in docs}

    before, builds = {tree: found(tree) for tree in ("", "en/")}, list(served.builds)
    (served.root / "accounts/newcomer.yaml").write_text("found at once", "utf-8")
    for tree, known in before.items():
        assert "accounts/newcomer/" not in known
        served.wait(lambda tree=tree: "accounts/newcomer/" in found(tree))  # type: ignore[misc]
        after = found(tree)
        assert known.keys() < after.keys()
        assert after["accounts/newcomer/"].startswith("New")
        assert {one: after[one] for one in known if one} == {one: known[one] for one in known if one}
    assert served.builds == builds


def test_a_changed_setting_makes_everything_new_and_a_broken_one_leaves_the_site(served: _Served) -> None:
    before = len(served.builds)
    (served.root / "kam.yaml").write_text("broken", "utf-8")
    served.wait(lambda: len(served.builds) == before + 1)
    served.wait(lambda: [str(one) for one in served.refused] == ["nothing can be read"])
    assert served.get("accounts/")[0] == 200
    (served.root / "kam.yaml").write_text("company: again\n", "utf-8")
    served.wait(lambda: len(served.builds) == before + 2)
    assert served.get("accounts/lakeside/")[0] == 200


def test_pages_of_ones_own_are_followed_wherever_mkdocs_yml_puts_them(served: _Served) -> None:
    (served.root / "handbook").mkdir()
    (served.root / "handbook/rules.md").write_text("# House rules\n\nfirst\n", "utf-8")
    settings = served.root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "docs_dir: handbook\n", "utf-8")
    served.wait(lambda: "first" in served.get("rules/")[1])
    (served.root / "handbook/rules.md").write_text("# House rules\n\nanother\n", "utf-8")
    served.wait(lambda: "another" in served.get("rules/")[1])
    assert "first" not in served.get("rules/")[1]


def test_it_reloads_by_itself_and_has_a_page_for_wrong_addresses(served: _Served) -> None:
    status, text = served.get("")
    assert status == 200
    assert "livereload(" in text
    assert "Content-Security-Policy" not in text
    status, text = served.get("no/such/page/")
    assert (status, "没有这个页面" in text) == (404, True)


def test_only_this_machines_own_name_is_answered(served: _Served) -> None:
    assert served.get("", "localhost")[0] == 200
    assert served.get("", "evil.example.org")[0] == 421
    assert served.get("", "127.0.0.1", port=False)[0] == 200  # as at port 80
    assert served.get("", "evil.example.org", port=False)[0] == 421


def test_a_taken_port_is_said(served: _Served) -> None:
    said: list[str] = []
    builds = list(served.builds)
    with pytest.raises(KamError, match=str(served.port)) as caught:
        serve(served.root, served.port, served.produce, said.append, served.refused.append)
    assert Language("en").say(caught.value.message).endswith("another program uses it")
    assert (said, served.builds) == ([], builds)  # before anything is drawn
