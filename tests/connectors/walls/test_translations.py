"""Translations say what the English text says, with the same values in the same marks."""

import re
from collections import Counter
from pathlib import Path

import polib
import pytest

FOLDER = Path(__file__).parents[3] / "i18n"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.po"))
VALUES = re.compile(r"%\(\w+\)[sd]|(?<![\w%])%[sd]|\{\w*\}|</?[a-z]\w*")
FORMS = re.compile(r"\[\[(\w+,?)\|")


def read(name):
    return polib.pofile(str(FOLDER / name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_is_lost_or_invented(language):
    """A value that has another name would be an ellipsis, or an error on the screen."""
    wrong = [
        (entry.msgid, entry.msgstr)
        for entry in read(f"{language}.po").translated_entries()
        if get_marks(entry.msgid) != get_marks(entry.msgstr)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_stand_at_the_same_edges(language):
    """Python joins some of them: a blank at an end is part of the sentence."""
    wrong = [
        (entry.msgid, entry.msgstr)
        for entry in read(f"{language}.po").translated_entries()
        if get_edges(entry.msgid) != get_edges(entry.msgstr)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_nearly_whole(language):
    """New texts may wait for a translator; a screen of two languages is none."""
    entries = read(f"{language}.po")
    assert len(entries.translated_entries()) >= 0.95 * len(entries)


def get_marks(text):
    """Return the values, tags and counted words of a text.

    >>> sorted(get_marks("%(n)s [[n|record|records]] of <b>{name}</b>").elements())
    ['%(n)s', '</b', '<b', 'n', '{name}']
    """
    return Counter(VALUES.findall(text)) + Counter(FORMS.findall(text))


def get_edges(text):
    return (
        text[: len(text) - len(text.lstrip())],
        text[len(text.rstrip()) :],
    )
