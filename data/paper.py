"""The one writer of PDF files: one A4 page of real text, its font embedded."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from data import settings

#: Where systems keep a font with Latin and simplified Chinese letters (SIL Open Font License).
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
)
#: Place of the simplified Chinese face in the collections of Noto Sans CJK.
SIMPLIFIED = 2
FAMILY = "paper"
#: Millimetres of the page.
WIDTH, HEIGHT, MARGIN, FIGURE_WIDTH = 210.0, 297.0, 20.0, 44.0
#: Type sizes tried, largest first, until everything stands on the page.
SIZES = (12.0, 10.5, 9.5, 8.5, 7.5, 6.5)
#: What a line may not be broken in: a Chinese letter or a word, each with its marks and spaces.
PARTS = re.compile(
    r"[（《“]*(?:[\u4e00-\u9fff]|[^ \u4e00-\u9fff，。；：、！？）》”（《“]+)?"
    r"[，。；：、！？）》”,.;:!?)]* *"
)
INK, SOFT, LINE, ACCENT = (20, 32, 43), (85, 98, 112), (201, 208, 216), (11, 107, 117)


class NoFontError(Exception):
    """No font with Chinese letters was found."""


class TooLongError(Exception):
    """The text does not fit on one page in any size that can be read."""


@dataclass(frozen=True)
class Said:
    """One sentence of the page with the figure that it is about."""

    label: str
    figure: str
    text: str


@dataclass(frozen=True)
class Paper:
    """What one page says; `as_of` dates the file, so that the same page is the same bytes."""

    title: str
    lines: Sequence[str]
    said: Sequence[Said]
    notes: Sequence[str]
    footer: str
    as_of: date


def font_file() -> Path:
    """Return the font of the settings, or one that the system keeps."""
    named = settings.value("BRIEF_FONT")
    for path in [named] if named else FONTS:
        if Path(path).is_file():
            return Path(path)
    raise NoFontError(f"No font was found at {named or ', '.join(FONTS)}.")


def write_pdf(paper: Paper) -> bytes:
    """Return the page as PDF, in the largest type in which it is one page."""
    font = font_file()
    for size in SIZES:
        sheet = _drawn(paper, font, size=size)
        try:
            if sheet.get_y() <= HEIGHT - MARGIN:
                return bytes(sheet.output())
        finally:
            _close(sheet)
    raise TooLongError(f"{len(paper.notes)} notes and {len(paper.said)} sentences are too many.")


def _drawn(paper: Paper, font: Path, *, size: float) -> FPDF:
    sheet = FPDF(format="A4")
    sheet.set_creation_date(datetime(*paper.as_of.timetuple()[:3], tzinfo=UTC))
    sheet.set_title(paper.title)
    sheet.set_margins(MARGIN, MARGIN)
    sheet.set_auto_page_break(False)
    sheet.add_page()
    _use(sheet, font)
    _text(sheet, paper.title, size=size * 1.9)
    for line in paper.lines:
        _text(sheet, line, size=size * 0.9, colour=SOFT)
    sheet.ln(size * 0.4)
    for each in paper.said:
        _sentence(sheet, each, size=size)
    _rule(sheet, size)
    for note in paper.notes:
        _text(sheet, note, size=size * 0.9)
        sheet.ln(size * 0.15)
    _rule(sheet, size)
    _text(sheet, paper.footer, size=size * 0.8, colour=SOFT)
    return sheet


def _use(sheet: FPDF, font: Path) -> None:
    place = SIMPLIFIED if font.name.startswith("NotoSansCJK") and font.suffix == ".ttc" else 0
    sheet.add_font(FAMILY, fname=font, collection_font_number=place)


def _close(sheet: FPDF) -> None:
    """Close the font's file, which is read until the page is written."""
    for font in sheet.fonts.values():
        if isinstance(font, TTFFont):
            font.ttfont.close()


def _text(
    sheet: FPDF,
    text: str,
    *,
    size: float,
    colour: tuple[int, int, int] = INK,
    width: float = 0.0,
) -> None:
    """Write a paragraph from where the pen stands, broken between words and Chinese letters."""
    sheet.set_font(FAMILY, size=size)
    sheet.set_text_color(*colour)
    left = sheet.get_x()
    room = width or WIDTH - MARGIN - left
    for line in lines_of(text, lambda part: sheet.get_string_width(part) <= room):
        sheet.set_x(left)
        sheet.cell(room, size * 0.52, line)
        sheet.ln(size * 0.52)
    sheet.set_x(left)


def lines_of(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return a text in lines that fit; no line begins with a space or a closing mark."""
    lines = [""]
    for part in PARTS.findall(text):
        if lines[-1] and not fits(lines[-1] + part.rstrip()):
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def _sentence(sheet: FPDF, said: Said, *, size: float) -> None:
    """Write the figure on the left and what is to be said of it on the right."""
    top = sheet.get_y()
    _text(sheet, said.label, size=size * 0.85, colour=SOFT, width=FIGURE_WIDTH)
    _text(sheet, said.figure, size=size * 1.5, colour=ACCENT, width=FIGURE_WIDTH)
    left_end = sheet.get_y()
    sheet.set_xy(MARGIN + FIGURE_WIDTH + 4, top + size * 0.1)
    _text(sheet, said.text, size=size)
    sheet.set_xy(MARGIN, max(left_end, sheet.get_y()) + size * 0.4)


def _rule(sheet: FPDF, size: float) -> None:
    sheet.set_draw_color(*LINE)
    sheet.line(MARGIN, sheet.get_y(), WIDTH - MARGIN, sheet.get_y())
    sheet.ln(size * 0.3)
