"""The glossary: one card per metric, in the reader's language and in the other one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from components.attributes import attributes
from components.links import safe_url
from data.i18n import t


@dataclass(frozen=True)
class Definition:
    """One metric as the glossary shows it, in ready texts."""

    key: str
    label: str
    other_label: str
    text: str
    other_text: str
    formula: str
    owner: str
    unit: str
    source: str
    tests: str
    #: (name, address) of the pages that show it.
    pages: Sequence[tuple[str, str]] = ()


def definition_list(found: Sequence[Definition], *, chosen: str) -> html.Div:
    """Return the definitions one below the other, the chosen one first and marked."""
    ordered = sorted(found, key=lambda each: each.key != chosen)
    cards = [_card(each, is_chosen=each.key == chosen) for each in ordered]
    return html.Div(cards, className="definitions")


def _card(each: Definition, *, is_chosen: bool) -> html.Article:
    facts = [
        (t("Formula"), html.Code(each.formula)),
        (t("Owner"), each.owner),
        (t("Unit and kind"), each.unit),
        (t("Source"), each.source),
        (t("Tests"), html.Code(each.tests)),
        (t("Shown on"), _pages(each.pages)),
    ]
    lines = [cell for name, value in facts for cell in (html.Dt(name), html.Dd(value))]
    return html.Article(
        [
            html.H2(
                [each.label, html.Small(each.other_label), html.Code(each.key)],
                className="panel-title",
            ),
            html.P(each.text),
            html.P(each.other_text, className="muted"),
            html.Dl(lines),
        ],
        className="card definition chosen" if is_chosen else "card definition",
        id=f"definition-{each.key}",
    )


def _pages(pages: Sequence[tuple[str, str]]) -> Any:
    links: list[Any] = []
    for name, path in pages:
        target = safe_url(path)
        links += [html.A(name, href=target, **attributes(data_nav=target)), " "]
    return links or "–"
