"""What a value of a dimension is called in the reader's language."""

from data.i18n import label_of

__all__ = ["label_of"]
