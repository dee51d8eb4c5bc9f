"""What axe finds grave on the page that a window shows."""

from pathlib import Path

import axe_playwright_python

from tests.browser.window import Window

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
GRAVE = ("serious", "critical")


def violations(opened: Window) -> list[str]:
    """Return what axe finds grave, with the first element that it finds so."""
    opened.page.evaluate(AXE)
    found = opened.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:200]} ({len(v['nodes'])})"
        for v in found["violations"]
        if v["impact"] in GRAVE
    ]
