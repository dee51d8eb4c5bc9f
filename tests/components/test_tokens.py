"""Colours: the same in the styles and the charts, and readable in both themes."""

import re
from pathlib import Path

import pytest

from components.figures.theme import PALETTES

CSS = Path(__file__).parents[2] / "assets" / "tokens.css"
#: Text on ground, as used by the styles and the figures.
PAIRS = [
    (text, ground)
    for text in ("ink", "ink-2", "ink-3", "accent", "good", "bad", "warn")
    for ground in ("surface", "raised", "bg")
] + [
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("ink", "heat-low"),
    ("ink", "heat-high"),
    ("on-accent", "accent"),
]


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme as the styles name them."""
    light, dark = CSS.read_text(encoding="utf-8").split('[data-bs-theme="dark"] {')
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light if theme == "light" else dark))


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", PALETTES)
def test_charts_and_styles_have_the_same_colours(theme: str) -> None:
    named = tokens(theme)
    assert {name: named.get(name) for name in PALETTES[theme]} == PALETTES[theme]


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
