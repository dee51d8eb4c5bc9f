"""The one-page brief: five sentences that hold the figures of the cockpit, as PDF and workbook."""

import io
import json
import re
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from sqlalchemy import select

from data.paper import Paper, Said, TooLongError, lines_of, write_pdf
from data.state.engine import reading as reading_state
from data.state.tables import audit
from pages._brief import SAID, paper, sentences
from pages._state import state
from queries.run import reading
from tests.conftest import Demo
from tests.pages.visitor import Visitor

Visit = Callable[..., Visitor]
SEARCHES = ("", "?compare=none&period=all", "?customer=nobody")


@pytest.mark.parametrize(("user", "language"), [("executive", "zh"), ("lead", "en")])
def test_the_pdf_is_one_page_of_the_readers_own(visit: Visit, user: str, language: str) -> None:
    visitor = visit(user, language=language)
    for search in SEARCHES:
        answer = visitor.get(f"/export/brief.pdf{search}")
        assert answer.status_code == 200, answer.text
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
        assert len(re.findall(rb"/Type /Page\b", answer.data)) == 1
        assert b"/FontFile" in answer.data
    assert answer.data == visitor.get(f"/export/brief.pdf{search}").data


def test_five_sentences_hold_the_figures_of_the_cards(visit: Visit, demo: Demo) -> None:
    visitor = visit("executive")
    cards = visitor.fire("cockpit-kpis.children", {"filters.data": visitor.filters()}).words
    with reading(demo.reader("executive")):
        said = sentences(demo.filters())
        page = paper(demo.filters())
    assert [s.metric.key for s in said] == list(SAID)
    assert len(page.said) == 5
    for each in said:
        assert each.figure in each.text
        assert each.causes, each.metric.key
        assert each.causes[0].title in each.text
        if each.metric.has_period:
            assert each.figure in cards


def test_a_sentence_without_a_comparison_claims_no_change(demo: Demo) -> None:
    with reading(demo.reader("executive")):
        said = sentences(demo.filters(compare="none"))
    for each in said:
        if each.metric.has_period:
            assert each.before is None
            assert not each.causes
            assert "nothing to compare" in each.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_workbook_has_its_sheets(visit: Visit, demo: Demo, language: str) -> None:
    answer = visit("executive", language=language).get("/export/brief.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert len(book.sheetnames) == 6
    if language == "en":
        names = ["Figures", "Causes", "Data", "Filters", "Definitions", "Freshness"]
        assert book.sheetnames == names
    for sheet in book:
        assert sheet.max_row > 1, sheet.title
    with reading(demo.reader("executive")):
        said = sentences(demo.filters())
    values = [row[1].value for row in list(book.worksheets[0])[1:]]
    assert values == pytest.approx([s.now for s in said])


def test_a_brief_is_logged_and_takes_the_right_to_export(visit: Visit) -> None:
    assert visit("rep").get("/export/brief.pdf").status_code == 403
    assert visit("executive").get("/export/brief.docx").status_code == 404
    visit("lead").get("/export/brief.xlsx?customer=x")
    with reading_state(state()) as connection:
        newest = connection.execute(select(audit).order_by(audit.c.sequence.desc())).mappings()
        row = next(r for r in newest if r["action"] == "exported")
    assert (row["actor"], row["subject"]) == ("lead", "brief")
    assert json.loads(row["details"])["filters"] == "?customer=x"


def test_without_a_font_there_is_a_sentence(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEF_FONT", "/nowhere/font.ttc")
    answer = visit("executive").get("/export/brief.pdf")
    assert answer.status_code == 503
    assert "fonts-noto-cjk" in answer.text


def test_lines_break_between_words_and_letters_and_lose_nothing() -> None:
    text = "客户资产 is ¥782.4万, ▲ 1.5% （2025年12月）, its parts。分层：潜力 −¥28.0万; ok."
    for room in range(8, 60):
        lines = lines_of(text, lambda part, room=room: len(part) <= room)
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
        assert not any(line[0] in "，。；：、）,.;:)" for line in lines), lines


def test_more_than_a_page_is_refused_and_much_is_set_smaller() -> None:
    def page(words: int) -> Paper:
        said = [Said("Label", "¥1", "word " * words)] * 5
        return Paper("Title", ["line"], said, ["note"], "footer", date(2026, 6, 20))

    for words in (5, 150):
        assert len(re.findall(rb"/Type /Page\b", write_pdf(page(words)))) == 1
    with pytest.raises(TooLongError):
        write_pdf(page(3_000))
