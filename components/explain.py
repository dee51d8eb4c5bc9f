"""The drawer that explains a number: definition, formula with values, filters, freshness, SQL."""

from collections.abc import Sequence
from typing import Any

from dash import html

from components.attributes import attributes
from components.cards import Movement, movements
from components.links import safe_url
from data.domain.metric import Metric
from data.i18n import figure, t

Part = tuple[str, Any, str]


def explain_body(
    metric: Metric,
    *,
    value: Any,
    parts: Sequence[Part] = (),
    filters_words: Sequence[tuple[str, str, str]] = (),
    scope: Any = "",
    freshness: str = "",
    sql: str = "",
    proof: str = "",
    moved: Sequence[Movement] = (),
    panel: str = "",
    definition_link: str = "",
    owner: str = "",
    pending: str = "",
    compared: str = "",
    notes: Sequence[Any] = (),
) -> html.Div:
    """Return everything about one number; `parts` are the formula's (label, value, unit).

    `proof` says what the rows behind it add up to, `compared` what a card sets it against where
    that is no period, `moved` what its change is made of.
    """
    sections = [
        html.P(figure(value, metric.unit), className="explain-value"),
        *([html.P(pending, className="state empty")] if pending else []),
        html.P(t(metric.definition), className="explain-definition"),
        *_section(t("Owner"), [html.P(owner)] if owner else []),
        *_section(t("Formula"), _formula(metric, parts, value=value)),
        *_section(t("Rows"), [html.P(proof, className="explain-proof")] if proof else []),
        *_section(t("Compared with"), [html.P(compared)] if compared else []),
        *_section(t("What moved it"), [movements(moved)] if moved else []),
        *_whose(filters_words, scope),
        *_section(t("Notes"), list(notes)),
        *_source(freshness, sql),
        _links(metric, panel=panel, definition_link=definition_link),
    ]
    return html.Div(sections, className="explain")


def about_body(
    title: str,
    text: str,
    *,
    figures: Sequence[tuple[Metric, str]] = (),
    filters_words: Sequence[tuple[str, str, str]] = (),
    scope: Any = "",
    freshness: str = "",
    proof: str = "",
    sql: str = "",
    panel: str = "",
) -> html.Div:
    """Return everything about a panel behind which no single number stands.

    `figures` are the metrics in it, each with the address of its definition or nothing.
    """
    sections = [
        html.P(title, className="explain-value words"),
        html.P(text, className="explain-definition"),
        *_section(t("Figures in it"), [_figure_in(*figure) for figure in figures]),
        *_section(t("Rows"), [html.P(proof, className="explain-proof")] if proof else []),
        *_whose(filters_words, scope),
        *_source(freshness, sql),
        html.Div([_rows_button(t("Rows behind this panel"), panel)], className="explain-links"),
    ]
    return html.Div(sections, className="explain")


def _figure_in(metric: Metric, link: str) -> html.P:
    name: Any = html.B(t(metric.label))
    if link:
        name = html.A(name, href=safe_url(link), **attributes(data_nav=safe_url(link)))
    formula = [" ", html.Code(t(metric.formula))] if metric.formula else []
    return html.P([name, ". ", t(metric.definition), *formula])


def _whose(filters_words: Sequence[tuple[str, str, str]], scope: Any) -> list[Any]:
    """Return whose figure it is: the filters, and what the reader sees at all."""
    seen = _section(t("You see"), [html.P(scope)] if scope else [])
    return [*_section(t("Filters"), _filters(filters_words)), *seen]


def _source(freshness: str, sql: str) -> list[Any]:
    """Return where it comes from: how old the data are, and the statement."""
    statement = _section(t("SQL"), [html.Pre(sql, tabIndex=0)] if sql else [])
    return [*_section(t("Data"), [html.P(freshness)] if freshness else []), *statement]


def _section(title: str, body: list[Any]) -> list[Any]:
    return [html.H3(title), *body] if body else []


def _formula(metric: Metric, parts: Sequence[Part], *, value: Any) -> list[Any]:
    body: list[Any] = [html.P(html.Code(t(metric.formula)))] if metric.formula else []
    if parts:
        lines = [_line(t(label), figure(part, unit)) for label, part, unit in parts]
        result = _line(f"= {t(metric.label)}", figure(value, metric.unit), style="result")
        body.append(html.Dl([cell for line in [*lines, result] for cell in line]))
    return body


def _line(label: str, text: str, *, style: str = "") -> tuple[html.Dt, html.Dd]:
    return html.Dt(label, className=style), html.Dd(text, className=style)


def _filters(words: Sequence[tuple[str, str, str]]) -> list[Any]:
    if not words:
        return []
    return [html.Ul([html.Li(" ".join(part for part in word[1:] if part)) for word in words])]


def _links(metric: Metric, *, panel: str, definition_link: str) -> html.Div:
    links: list[Any] = []
    if panel:
        links.append(_rows_button(t("Rows behind this number"), panel, metric=metric.key))
    if definition_link:
        words, target = t("Definition, owner and tests"), safe_url(definition_link)
        links.append(html.A(words, href=target, **attributes(data_nav=target)))
    return html.Div(links, className="explain-links")


def _rows_button(label: str, panel: str, *, metric: str = "") -> html.Button:
    marks = attributes(data_rows=panel, data_metric=metric)
    return html.Button(label, type="button", className="btn btn-primary", **marks)
