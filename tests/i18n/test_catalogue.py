"""English and Chinese are equal: every text has its translation, with the same places in it."""

from string import Formatter

from data.i18n import use_language
from data.i18n.language import catalogue, t
from tests.i18n.texts import all_texts


def places(text: str) -> set[str]:
    """Return the names of the `{name}` places in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_text_has_a_translation() -> None:
    missing = {en: where for en, where in all_texts().items() if not catalogue().get(en)}
    listing = "\n".join(f'{where}\nmsgid "{en}"' for en, where in sorted(missing.items()))
    assert not missing, f"{len(missing)} texts have no Chinese yet:\n{listing}"


def test_translations_keep_the_places() -> None:
    wrong = {en: zh for en, zh in catalogue().items() if "{" in en and places(en) != places(zh)}
    assert not wrong


def test_the_catalogue_holds_nothing_unused() -> None:
    assert not sorted(set(catalogue()) - set(all_texts()))


def test_unknown_texts_stay_english() -> None:
    use_language("zh")
    try:
        assert t("Never translated {n}", n=3) == "Never translated 3"
    finally:
        use_language("en")
