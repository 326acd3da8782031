"""Take the pictures of the READMEs from the example company's site, one in each language."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.browser import launched
from tests.served import serve

ROOT = Path(__file__).parents[1]
PICTURES = {
    "account.png": "en/accounts/kestrel-bay-ports/",
    "account.zh.png": "accounts/xinglan-roads-bureau/",
}
WIDTH, HEIGHT = 1440, 900


def main() -> int:
    """Build the site and photograph the first screen of two account pages."""
    subprocess.run([Path(sysconfig.get_path("scripts")) / "kam", "build"], cwd=ROOT, check=True)
    folder = ROOT / "docs" / "assets"
    folder.mkdir(exist_ok=True)
    with serve(ROOT / "site") as site, launched() as browser:  # from a file the theme shows no search
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, address in PICTURES.items():
            page.goto(site + address, wait_until="networkidle")
            page.screenshot(path=folder / name)
            print(f"docs/assets/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
