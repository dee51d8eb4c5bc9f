"""The figure without rows: a sentence in the frame."""

from components.figures.theme import empty_figure

__all__ = ["empty_figure"]
