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
from .messages_engine import ENGINE
from .messages_files import FILE_ADVICE
from .messages_values import VALUE

_lt = LazyTranslate(__name__)


_PARTICULAR = re.compile(r"\s*:?\s*%\(reason\)s(?=\.?$)|\s*\(%\(\w+\)s\)")
"""What a sentence says of one record only, and the heading of all of them does not."""


CLDR_FORMS = ("zero", "one", "two", "few", "many", "other")


CONNECTOR = {**SENTENCES, **FILE_SENTENCES}
"""Sentences that no source has for itself: they head all problems of a code."""


HEADINGS = {
    "not_a_reference": _lt("A field holds a text, but Odoo needs a record there."),
    "not_a_choice": _lt("A field has a value that Odoo does not offer."),
    "not_for_numbers": _lt("A field has a value that is not a number it can hold."),
    "not_yes_or_no": _lt("A field has a value that is neither yes nor no."),
    "not_a_date": _lt("A field has a value that is not a date."),
    "too_long": _lt("A field is too long."),
    "reference_missing": _lt("A field refers to a record that is not in Odoo."),
    "link_refused": _lt("Odoo refuses a link. The field stays empty."),
    "reference_unclear": _lt(
        "A name stands for several records. The link stays empty."
    ),
    "state_elsewhere": _lt("A state does not lie in the country of its record."),
    "left_out": _lt("Left out, with a reason."),
    "spot_check_wrong": _lt("A record was judged wrong in a spot check."),
    "no_such_field": _lt("Odoo has no such field."),
    "steps_named": _lt(
        "Odoo has no stage for parts of a history. The chatter tells of them by name."
    ),
    "steps_lost": _lt("Parts of a history have no day. They are left out."),
    "probability_out_of_range": _lt("A probability is not between 0 and 100 %."),
    "owner_undecided": _lt("Nobody decided who stands for an owner."),
    "object_kept": _lt("A custom object was kept."),
    "totals_differ": _lt("The totals of a document differ between source and Odoo."),
    "totals_rounded": _lt("The totals of a document differ by rounding."),
    "perhaps_cut": _lt("A file ends where some exporters stop without a word."),
    "file_incomplete": _lt("A file has fewer bytes than it should have."),
    "file_altered": _lt("Odoo would store other bytes than a file has."),
    "file_large": _lt("A file is large. It waits for a decision."),
    "files_unseen": _lt("The dry run had no time to look at all files."),
    "inline_not_found": _lt("The place of a picture in its text was not found."),
    "missing_file": _lt("A file is missing in the source."),
    "truncated_file": _lt("A file arrived incomplete."),
    "stage_assumed": _lt("A stage is not known in Odoo: the deal stands in another."),
    "field_in_notes": _lt(
        "Nobody decided where a field goes. It is kept in the notes."
    ),
    "field_undecided": _lt("Nobody decided where a field goes. It was left behind."),
    "deleted_left_out": _lt("What was deleted in the source is left out."),
    "left_out_deleted": _lt("What was deleted in the source is left out."),
    "left_out_unlinked": _lt("What belongs to nothing in the source is left out."),
    "mail_left_aside": _lt("Drafts, spam and trash are left out."),
    "mail_of_others": _lt("Messages of other people's mailboxes are left out."),
    "party_orphan": _lt("Somebody who took part is not in the source any more."),
    "duplicate_id": _lt("A line of a file repeats the id of an earlier line."),
    "line_length": _lt("A line of a file has more or fewer cells than its header."),
    "line_too_long": _lt("A line of a file is too long."),
    "unterminated_quote": _lt(
        "A line of a file opens a quotation mark that is never closed."
    ),
    "bad_line": _lt("A line of a file cannot be read."),
    "bad_json": _lt("A line of a file is not JSON."),
    "not_an_object": _lt("A line of a file is not an object with members."),
    "short_zip": _lt("A postal code has probably lost its leading zero."),
}
"""Sentences for all problems of a code, where that of one record would be none."""


KEPT_LATER = _lt("It goes to the notes when the record is created.")


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
