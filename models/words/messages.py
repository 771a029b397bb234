"""Say in plain words what a code means, and what to do about it.

Connectors and transforms name a problem by its code and data; here it gets the words
that a consultant reads, in their language.
"""

import re

from odoo.tools.misc import babel_locale_parse
from odoo.tools.translate import LazyTranslate

from ...connectors.core.errors import SENTENCES
from ...connectors.core.file_sentences import FILE_SENTENCES
from ...connectors.core.plural import agree
from ...connectors.core.sentences import Listing, Text
from .headings import HEADINGS
from .messages_engine import ENGINE
from .messages_files import FILE_ADVICE
from .messages_values import VALUE

_lt = LazyTranslate(__name__)


_PARTICULAR = re.compile(r"\s*:?\s*%\(reason\)s(?=\.?$)|\s*\(%\(\w+\)s\)")
"""What a sentence says of one record only, and the heading of all of them does not."""


CLDR_FORMS = ("zero", "one", "two", "few", "many", "other")


CONNECTOR = {**SENTENCES, **FILE_SENTENCES}
"""Sentences that no source has for itself: they head all problems of a code."""


KEPT_LATER = _lt("It goes to the notes when the record is loaded.")


ONLY_HERE = _lt("It stands in this message only.")


IN_NOTES, IN_MESSAGE = "notes", "message"
"""Where a value is that did not fit; of a record that is not loaded nothing is said."""


KEPT_WHERE = {IN_NOTES: _lt("The value is kept in the notes."), IN_MESSAGE: ONLY_HERE}
"""What is said of such a place, once the record is there."""


def format_message(env, code, data=None):
    """Return (sentence, advice) for a code in the user's language.

    :param data: what the sentence names; what is missing shows as a blank. ``sentence``:
        the ``Text`` that a source itself has for it. ``kept``:
        where a value is that found no field, ``IN_NOTES`` or ``IN_MESSAGE``; True: the
        record is still to be loaded, with the value in its notes
    """
    filled = _Blank(data or {})
    words = {**VALUE, **ENGINE, **env["crm.migration.message"]._get_wording()}.get(code)
    if not words:
        told, advice = filled.get("sentence"), get_advice(env, code)
        if isinstance(told, Text):
            return translate(env, told, filled), advice
        sentence = CONNECTOR.get(code)
        return (_fill(env, sentence, filled) if sentence else told or code), advice
    sentence, advice = (_fill(env, part, filled) for part in words)
    kept = (data or {}).get("kept")
    if kept == IN_MESSAGE:
        sentence = f"{sentence} {env._(ONLY_HERE)}"
    elif kept == IN_NOTES:
        in_notes = env["crm.migration.message"]._get_kept().get(code)
        sentence = f"{sentence} {env._(in_notes)}" if in_notes else sentence
    elif kept and code in VALUE:
        sentence = f"{sentence} {env._(KEPT_LATER)}"
    return sentence, advice


def get_advice(env, code):
    """Return what to do about what a connector has said, empty where that says it."""
    advice = FILE_ADVICE.get(code)
    return env._(advice) if advice else ""


def format_value(value):
    """Return a value of the source as a person reads it: of several, those there are.

    >>> format_value(["n/a", None]), format_value({"name": "Ana"}), format_value(None)
    ('n/a', 'name: Ana', '')
    """
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(format_value, value)))
    if isinstance(value, dict):
        pairs = ((name, format_value(part)) for name, part in value.items())
        return "; ".join(f"{name}: {text}" for name, text in pairs if text)
    return "" if value is None or value is False else str(value)


def get_heading(env, code):
    """Return the sentence that stands for all problems of one code."""
    if code in HEADINGS:
        return str(env._(HEADINGS[code]))
    words = {**VALUE, **ENGINE, **env["crm.migration.message"]._get_wording()}.get(code)
    sentence = words[0] if words else CONNECTOR.get(code)
    if not sentence:
        # Only the source itself has words for it: one of its messages stands for all.
        told = env["crm.migration.message"].search([("code", "=", code)], limit=1)
        return told.text or code
    named = {
        "value": env._("a value"),
        "host": env._("the source"),
        "login": env._("the account"),
        "field": env._("a field"),
        "stream": env._("an object"),
        "name": env._("a file"),
        "count": env._("several"),
        "currency": env._("a currency"),
    }
    source = sentence.template if isinstance(sentence, Text) else sentence
    text = _PARTICULAR.sub("", str(env._(source)))
    text = f"{text.removesuffix('.')}."
    # A word that stands for all of them is no quotation, in the marks of any language.
    for name in named:
        text = re.sub(rf"[“„«‹「]\s*(%\({name}\)s)\s*[”“»›」]", r"\1", text)
    parts = agreed(env, text % _Blank(named), named).split(". ")
    return ". ".join(part[:1].upper() + part[1:] for part in parts)


def get_error_text(env, error):
    """Return the sentence for a ``ConnectorError``."""
    return format_message(env, error.code, {"sentence": error.sentence, **error.data})[
        0
    ]


def translate(env, text, data=None):
    """Return a text of the connectors in the user's language.

    :param text: what is no ``Text`` of theirs stays as it is
    :param data: what names the same things in the words of the screens
    """
    if isinstance(text, Listing):
        return ", ".join(translate(env, part) for part in text.parts)
    if not isinstance(text, Text):
        return text
    if text.data is None:
        return env._(text.template)
    return _fill(env, text.template, _Blank({**text.data, **(data or {})}))


def label_stream(env, stream):
    """Return what a person calls a ``Stream`` of a source."""
    return translate(env, stream.label) or stream.name.replace("_", " ").capitalize()


def _fill(env, text, data):
    if not text:
        return ""
    source = text.template if isinstance(text, Text) else text
    # The reason in a sentence may be a text of its own.
    named = _Blank({name: translate(env, value) for name, value in data.items()})
    # Not ``env._(text, **data)``: a word that the data lacks would be an error.
    return agreed(env, str(env._(source)) % named, named)


def agreed(env, text, data):
    """Return a sentence whose words agree with its numbers, in the user's language."""
    return agree(text, data, lambda number, count: _place(env.lang, number, count))


def _place(lang, number, count):
    """Return which of the forms of a language a number takes (CLDR's order)."""
    rule = babel_locale_parse(lang).plural_form
    forms = [form for form in CLDR_FORMS if form in {*rule.rules, "other"}]
    return min(forms.index(rule(number)), count - 1)


class _Blank(dict):
    def __missing__(self, key):
        return "…"
