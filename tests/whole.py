"""The example playbook with what it lacks: a file that cannot be read, a restricted customer, an accepted finding."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kam.cli._reference import commands
from kam.language import Code
from kam.page import Page, of_lots
from kam.playbook import Playbook, produce
from tests.markup import Element, parsed

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
WORKED = "xinglan-roads-bureau"
SECRET = "隐山矿业"
ACCEPTED = """version: 1
name: Accepted & Sons
class: ordinary
team: {manager: am-lin, members: {pse-tang: {role: Helper}}}
stakeholders: {boss: {title: Boss <b>, stance: unknown}}
matrix: {cells: {am-lin: {boss: close}}}
waivers:
  - {rule: matrix.am-not-acquainted, at: boss, why: On leave <i>, by: sd-zhou, until: 2026-02-28}
"""


def written(root: Path, *, secret: bool = True) -> Path:
    """The playbook below a folder; `secret`: with the restricted customer, who has as much as the worked one."""
    shutil.copy(ROOT / "kam.yaml", root)
    for name in ("company", "accounts"):
        shutil.copytree(ROOT / name, root / name)
    (root / "accounts/broken.yaml").write_text("name: [\n", "utf-8")
    (root / "accounts/accepted.yaml").write_text(ACCEPTED, "utf-8")
    if secret:
        lines = (ROOT / f"accounts/{WORKED}.yaml").read_text("utf-8").split("\n")
        kept = [line for line in lines if not line.startswith(("name:", "visibility:"))]
        text = "\n".join([*kept, f"name: {SECRET}", "visibility: restricted", ""])
        (root / "accounts/secret.yaml").write_text(text, "utf-8")
    return root


@cache
def playbook(*, secret: bool = True, restricted: bool = False) -> Playbook:
    """Everything read and drawn."""
    with TemporaryDirectory() as folder:
        root = written(Path(folder).resolve(), secret=secret)
        book = produce(root, AS_OF, NOW, jobs=1, restricted=restricted, commands=commands)
        assert book.drawn  # while the files are there
        return book


@cache
def pages(code: Code, *, secret: bool = True, restricted: bool = False) -> dict[str, Page]:
    """Every page of a language by its address."""
    book = playbook(secret=secret, restricted=restricted)
    return {one.address: one for one in (*book.single_pages(code), *of_lots(book.stamped_pages(code)))}


@cache
def body(address: str, code: Code = "en") -> Element:
    """The body of a page."""
    return parsed(pages(code)[address].body)
