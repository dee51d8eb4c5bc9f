"""The figure without rows: a sentence in the frame."""

from textwrap import wrap

from components.figures.theme import Figure, frame, hidden_axis, note, twin
from data.i18n import language, t

#: Characters on a line of the narrowest panel; Chinese ones are twice as wide.
LINE = {"en": 34, "zh": 17}


def empty_figure(sentence: str = "", *, is_worth_another_try: bool = False) -> Figure:
    """Return a frame that says why there is nothing to see and what to do.

    Where another try may help, the browser sets a button under it.
    """
    said = sentence or t("No rows match these filters. Widen the period or remove a filter.")
    lines = "<br>".join(wrap(said, LINE[language()]))
    return frame(
        [],
        meta=twin(said, [], []) | ({"again": t("Retry")} if is_worth_another_try else {}),
        xaxis=hidden_axis(),
        yaxis=hidden_axis(),
        annotations=[note(lines, x=0.5, y=0.5, xanchor="center", yanchor="middle", align="center")],
    )
