"""Say in plain words what a code means, and what to do about it.

Connectors and transforms name a problem by its code and data; here it gets the words
that a consultant reads, in their language.
"""

import re

from odoo.tools.misc import babel_locale_parse
from odoo.tools.translate import LazyTranslate

from ...connectors.core.plural import agree
from .messages_files import FILES

_lt = LazyTranslate(__name__)


_PARTICULAR = re.compile(r":?\s*%\(reason\)s(?=\.?$)|\s*\(%\(\w+\)s\)")
"""What a sentence says of one record only, and the heading of all of them does not."""


CLDR_FORMS = ("zero", "one", "two", "few", "many", "other")


CONNECTOR = {
    "unreachable": _lt("No answer from %(host)s. Check the address and the network."),
    "own_machine": _lt(
        "%(host)s is this server itself, which is not called. For a CRM that runs on it, "
        "the administrator sets loopback = True in the section [crm_migration] of odoo.conf."
    ),
    "own_platform": _lt(
        "%(host)s belongs to the platform of this server and is never called. Enter the "
        "address of the CRM."
    ),
    "own_database": _lt(
        "%(host)s keeps the data of Odoo itself and is not read. Enter the address and a "
        "login of the CRM."
    ),
    "not_as_expected": _lt(
        "%(host)s does not answer as this CRM would. Check the address, the port, and "
        "whether this server may reach it."
    ),
    "certificate": _lt("The security certificate of %(host)s is not valid."),
    "cut_off": _lt("The answer of %(host)s broke off."),
    "moved": _lt("%(host)s sends us on to %(target)s. Enter that address instead."),
    "not_found": _lt("%(host)s has nothing at %(path)s. Check the address."),
    "not_json": _lt(
        "%(host)s answered with a page instead of data. Check the address."
    ),
    "wrong_system": _lt("%(host)s answers, but not like %(expected)s."),
    "bad_credentials": _lt("%(host)s does not accept these credentials."),
    "no_api_access": _lt("%(login)s may not use the API of %(host)s."),
    "missing_setting": _lt("%(setting)s is missing."),
    "bad_setting": _lt("%(setting)s is not valid: %(reason)s."),
    "object_gone": _lt("The source does not have %(stream)s any more."),
    "object_not_in_files": _lt(
        "The files do not hold %(stream)s any more. What was read of it before stays as "
        "it is. Add its newer file and read again."
    ),
    "key_changed": _lt(
        "%(stream)s was told apart by %(key)s, and the newer file has no such column or "
        "another choice for it: everything would be loaded twice. Export it with that "
        "column, or choose it as the key."
    ),
    "forbidden": _lt("%(login)s may not read %(stream)s."),
    "server_error": _lt(
        "%(host)s reported an error of its own for %(stream)s (status %(status)s)."
    ),
    "unexpected_answer": _lt(
        "%(host)s answered %(stream)s in a form that is not known: %(reason)s."
    ),
    "paging_loop": _lt("%(host)s keeps sending the same page of %(stream)s."),
    "no_method": _lt(
        "%(host)s does not know %(controller)s.%(method)s. Correct the endpoint profile."
    ),
    "bad_parameter": _lt(
        "%(host)s does not take %(parameter)s for %(controller)s.%(method)s. Correct the endpoint profile."
    ),
    "call_refused": _lt(
        "%(host)s refused %(controller)s.%(method)s (error %(status)s)."
    ),
    "rate_limited": _lt("%(host)s asks to come back in %(delay)s seconds."),
    "busy": _lt("%(host)s is busy or under maintenance."),
    "time_budget": _lt("The time of this batch is used up."),
    "bad_record": _lt("A record of %(stream)s cannot be read: %(reason)s."),
    "missing_key": _lt("A record of %(stream)s has no %(key)s."),
    "missing_file": _lt("The file %(name)s is missing in the source."),
    "truncated_file": _lt(
        "The file %(name)s arrived incomplete: %(received)s of %(expected)s bytes."
    ),
    "bad_file": _lt("%(name)s cannot be read: %(reason)s."),
    "no_database": _lt("%(host)s has no such database, or this login may not open it."),
    "not_admitted": _lt(
        "%(host)s admits no connection from here. Ask its administrator to add one to pg_hba.conf."
    ),
    "no_encryption": _lt(
        "%(host)s does not encrypt connections. Choose another mode of encryption."
    ),
    "database_refused": _lt("%(host)s refuses the connection. Its own log says why."),
    "statement_timeout": _lt(
        "%(host)s takes too long to list %(stream)s. Try again at a quieter time."
    ),
    "wrong_secret": _lt(
        "%(host)s does not accept the client secret. Enter its value, not its id."
    ),
    "secret_expired": _lt(
        "The client secret has expired. Make a new one in the app registration."
    ),
    "certificate_rejected": _lt(
        "%(host)s does not accept the certificate. Add it to the app registration."
    ),
    "unknown_app": _lt("%(host)s has no app with this client id in this tenant."),
    "unknown_tenant": _lt("%(host)s has no tenant of this name or id."),
    "unknown_environment": _lt(
        "%(host)s has no environment at this address in this tenant."
    ),
    "login_refused": _lt("%(host)s refused the login (AADSTS%(number)s)."),
    "no_app_user": _lt(
        "%(host)s has no application user for this app, or it is disabled."
    ),
    "user_disabled": _lt("The application user of %(host)s is disabled. Enable it."),
    "organization_disabled": _lt("The environment %(host)s is disabled."),
    "privilege_missing": _lt(
        "%(login)s lacks the right to read %(stream)s. Add it to its security role."
    ),
    "column_secured": _lt("%(host)s keeps a column of %(stream)s to itself."),
    "query_refused": _lt(
        "%(host)s did not understand the question for %(stream)s (%(status)s)."
    ),
    "query_too_heavy": _lt("%(host)s finds the question for %(stream)s too heavy."),
    "table_missing": _lt(
        "%(host)s has no %(stream)s: the app that brings it is not installed."
    ),
    "row_missing": _lt("The record of %(stream)s is gone."),
    "paging_expired": _lt(
        "%(host)s has forgotten the place in %(stream)s: it is read once more."
    ),
    "too_many_rows": _lt("%(host)s does not add up that many records of %(stream)s."),
    "tracking_off": _lt("%(host)s does not track changes of %(stream)s."),
    "tracking_expired": _lt(
        "%(host)s has forgotten what changed in %(stream)s: it is read once more."
    ),
    "too_large": _lt("%(stream)s is too large for one answer of %(host)s."),
    "chunks_refused": _lt("%(host)s does not hand out %(stream)s in pieces."),
    "extension_failed": _lt("An extension (plug-in) of %(host)s failed on %(stream)s."),
    "file_empty": _lt("%(name)s is empty."),
    "file_no_rows": _lt("%(name)s holds no rows."),
    "file_no_table": _lt("%(name)s holds no list of records."),
    "file_unknown": _lt(
        "%(name)s is not a file that can be read: CSV, XLSX, JSON, NDJSON, ZIP."
    ),
    "file_too_big": _lt(
        "%(name)s is too big for this (%(limit)s MB at most). Save it as CSV."
    ),
    "file_encrypted": _lt("%(name)s is protected by a password. Save it without one."),
    "file_damaged": _lt("%(name)s is damaged from byte %(offset)s on."),
    "file_changed": _lt(
        "%(name)s is not the file that was started. Read it from the start."
    ),
    "content_columns_gone": _lt(
        "%(name)s has no column of ids: its rows are known by all they say. Without the "
        "columns %(columns)s that it had before, each of them would seem new. Export it "
        "with these columns."
    ),
    "old_excel": _lt(
        "%(name)s is in the format before Excel 2007. Save it as XLSX or CSV."
    ),
    "zip_bomb": _lt("%(name)s would unpack to %(size)s MB and was left alone."),
    "zip_broken": _lt("%(name)s is damaged or packed in a way that is not known."),
    "zip_nested": _lt(
        "%(name)s is an archive too deep within others. Unpack it first."
    ),
    "sheet_missing": _lt("%(name)s has no sheet %(sheet)s."),
    "too_many_duplicates": _lt(
        "%(key)s does not tell the rows of %(name)s apart. Choose another key."
    ),
    "line_length": _lt(
        "Line %(line)s of %(name)s has %(found)s cells instead of %(expected)s."
    ),
    "line_too_long": _lt("Line %(line)s of %(name)s is longer than %(limit)s MB."),
    "unterminated_quote": _lt(
        "Line %(line)s of %(name)s opens a quotation mark that is never closed."
    ),
    "bad_line": _lt("Line %(line)s of %(name)s cannot be read: %(reason)s."),
    "bad_json": _lt("Line %(line)s of %(name)s is not JSON."),
    "not_an_object": _lt("Line %(line)s of %(name)s is not an object with members."),
    "duplicate_id": _lt(
        "Line %(line)s of %(name)s repeats the %(key)s of an earlier line."
    ),
    **FILES,
}


VALUE = {
    "required": (
        _lt("%(field)s is empty, and Odoo needs it."),
        _lt("Enter a value in the review, or skip the record with a reason."),
    ),
    "bad_email": (
        _lt("“%(value)s” is not an e-mail address."),
        _lt("Correct it in the review if you know the right one."),
    ),
    "several_emails": (
        _lt(
            "“%(value)s” is more than an e-mail address: the first one in it is taken."
        ),
        _lt("Correct it in the review if another one is meant."),
    ),
    "bad_phone": (
        _lt("“%(value)s” is not a phone number."),
        _lt("Correct it in the review if you know the right one."),
    ),
    "bad_url": (
        _lt("“%(value)s” is not a web address."),
        _lt("Correct it in the review if you know the right one."),
    ),
    "bad_date": (
        _lt("“%(value)s” is not a date that Odoo can keep."),
        _lt("Correct it in the review."),
    ),
    "end_before_begin": (
        _lt("“%(value)s” ends before it begins."),
        _lt("Correct it in the review."),
    ),
    "not_a_number": (
        _lt("“%(value)s” is not a number."),
        _lt("Correct it in the review."),
    ),
    "ambiguous_number": (
        _lt("“%(value)s” could be read in two ways."),
        _lt("Say which decimal mark the source uses, or correct it in the review."),
    ),
    "not_an_integer": (
        _lt("“%(value)s” is not a whole number."),
        _lt("Correct it in the review."),
    ),
    "too_big": (
        _lt("“%(value)s” is too large for its field."),
        _lt("Choose another field, or correct it in the review."),
    ),
    "not_a_boolean": (
        _lt("“%(value)s” is neither yes nor no."),
        _lt("Correct it in the review."),
    ),
    "ambiguous_duration": (
        _lt("“%(value)s” does not say what it counts: hours, minutes or seconds."),
        _lt("Choose the unit in the mapping, or correct it in the review."),
    ),
    "bad_duration": (
        _lt("“%(value)s” is not a duration that can be meant."),
        _lt("Choose another unit in the mapping, or correct it in the review."),
    ),
    "not_a_share": (
        _lt("“%(value)s” is not a share, but the other values of its column are."),
        _lt("Correct it in the review."),
    ),
    "contradiction": (
        _lt("%(field)s says won and lost at once."),
        _lt("Correct it in the review."),
    ),
    "not_text": (
        _lt("%(field)s holds several values where one is expected."),
        _lt("Choose another conversion in the mapping."),
    ),
    "bad_zone": (
        _lt("“%(value)s” has no time zone that is known."),
        _lt("Choose the time zone of the source in the options of the migration."),
    ),
    "not_a_reference": (
        _lt("%(field)s does not say which record it means."),
        _lt("Choose another conversion in the mapping."),
    ),
    "not_a_list": (
        _lt("%(field)s is not a list."),
        _lt("Choose another conversion in the mapping."),
    ),
}


ENGINE = {
    "no_rule": (
        _lt("No mapping applies to this record."),
        _lt("Change the conditions of the mapping if it should be loaded."),
    ),
    "left_out": (
        _lt("Left out: %(reason)s"),
        _lt("Nothing, unless it is needed: then choose a mapping for it."),
    ),
    "stream_unmapped": (
        _lt("Read and kept here, but not loaded: no mapping is meant for it."),
        _lt("Nothing, if it is not needed. A later version may load it from here."),
    ),
    "left_behind": (
        _lt("Left behind: this migration brings no history or no files over."),
        _lt("Change the options of the migration if it should come along."),
    ),
    "stream_stopped": (
        _lt("%(stream)s could not be read to the end: %(reason)s"),
        _lt("Solve this in the source, then extract again; it goes on there."),
    ),
    "records_vanished": (
        _lt(
            "%(count)s [[count|record|records]] of %(stream)s [[count|was|were]] deleted while they were read."
        ),
        _lt("Nothing, unless they are needed."),
    ),
    "vanished": (
        _lt(
            "%(count)s [[count|record|records]] of %(stream)s [[count|is|are]] not in the source any more."
        ),
        _lt(
            "They stay in Odoo, unless you choose to archive them: open the vanished "
            "records of the migration."
        ),
    ),
    "rows_by_content": (
        _lt(
            "%(stream)s has no column of ids: a row is known by all it says. %(new)s rows "
            "are new and %(gone)s are not there any more; a row that was changed is both."
        ),
        _lt(
            "Compare the new rows with the vanished ones before you load: leave out what "
            "is in Odoo already. An export with a column of ids needs none of this."
        ),
    ),
    "columns_gone": (
        _lt(
            "The newer file of %(stream)s has no column %(columns)s. What stood in it "
            "before stays as it is."
        ),
        _lt("Export it with that column where it has changed."),
    ),
    "vanished_unsure": (
        _lt(
            "%(count)s [[count|record|records]] of %(stream)s [[count|was|were]] not met again, but not everything "
            "could be read: nothing is taken for vanished."
        ),
        _lt("Solve what could not be read, then read again."),
    ),
    "not_read_again": (
        _lt("It could not be read again; what was read before stays. %(reason)s"),
        _lt("Correct it in the source, then read again."),
    ),
    "field_in_notes": (
        _lt(
            "Nobody decided where %(field)s goes: its values (%(count)s [[count|record|records]]) go to "
            "the notes."
        ),
        _lt("Decide it in the mapping, apply the mapping again and load again."),
    ),
    "field_undecided": (
        _lt(
            "%(field)s was not brought over for %(count)s [[count|record|records]]: nobody decided "
            "where it goes."
        ),
        _lt("Decide it in the mapping, apply the mapping again and load again."),
    ),
    "unexpected": (
        _lt("Something unforeseen happened (%(kind)s). Nothing of this step was kept."),
        _lt("The server log has the details. Resume to try again."),
    ),
    "ended_by_server": (
        _lt(
            "The server ended this step %(count)s [[count|time|times]] before it was done."
        ),
        _lt(
            "Give its workers more time or memory (limit_time_cpu, limit_time_real_cron, "
            "limit_memory_hard) and resume, or go on without limits on the command line: "
            "odoo-bin crm_migration resume -d DATABASE."
        ),
    ),
    "database_in_trouble": (
        _lt("The database could not do this step just now (%(kind)s)."),
        _lt("Nothing of it was kept; it is tried again by itself."),
    ),
    "shared_by_many": (
        _lt(
            "%(count)s records share “%(value)s” (%(in_odoo)s in Odoo): too many to be "
            "proposed as duplicates by that alone."
        ),
        _lt(
            "Those with the same name are proposed. If the others are one, merge them in "
            "the source and read it again; if the value says nothing, leave it."
        ),
    ),
    "too_slow": (
        _lt("The source did not answer a single question within %(seconds)s seconds."),
        _lt("Resume when it is less busy; the migration goes on where it stopped."),
    ),
    "check_failed": (
        _lt("The source could not be checked (%(kind)s)."),
        _lt("Look again at what you entered."),
    ),
    "nul_removed": (
        _lt(
            "%(count)s [[count|character|characters]] that no database can keep [[count|was|were]] removed."
        ),
        _lt("Nothing."),
    ),
}


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
    "no_such_field": _lt("Odoo has no such field."),
    "steps_lost": _lt("Odoo has no stage for parts of a history. They are left out."),
    "probability_out_of_range": _lt("A probability is not between 0 and 100 %."),
    "owner_undecided": _lt("Nobody decided who stands for an owner."),
    "file_incomplete": _lt("A file has fewer bytes than it should have."),
    "file_altered": _lt("Odoo would store other bytes than a file has."),
    "file_large": _lt("A file is large. It waits for a decision."),
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
    "short_zip": _lt("A postal code has probably lost its leading zero."),
}
"""Sentences for all problems of a code, where that of one record would be none."""


KEPT_LATER = _lt("It goes to the notes when the record is created.")


ONLY_HERE = _lt("It stands in this message only.")


IN_NOTES, IN_MESSAGE = "notes", "message"
"""Where a value is that did not fit; of a record that is not loaded nothing is said."""


def get_words(env, code, data=None):
    """Return (sentence, advice) for a code in the user's language.

    :param data: what the sentence names; what is missing shows as a blank. ``kept``:
        where a value is that found no field, ``IN_NOTES`` or ``IN_MESSAGE``; True: the
        record is still to be loaded, with the value in its notes
    """
    filled = _Blank(data or {})
    words = {**VALUE, **ENGINE, **env["crm.migration.message"]._get_wording()}.get(code)
    if not words:
        sentence = CONNECTOR.get(code)
        fallback = (data or {}).get("sentence") or code
        return (_fill(env, sentence, filled) if sentence else fallback), ""
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


def word_value(value):
    """Return a value of the source as a person reads it: of several, those there are.

    >>> word_value(["n/a", None]), word_value({"name": "Ana"}), word_value(None)
    ('n/a', 'name: Ana', '')
    """
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(word_value, value)))
    if isinstance(value, dict):
        pairs = ((name, word_value(part)) for name, part in value.items())
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
    text = _PARTICULAR.sub("", str(env._(sentence)))
    text = f"{text.removesuffix('.')}."
    # A word that stands for all of them is no quotation.
    for name in named:
        text = text.replace(f"“%({name})s”", f"%({name})s")
    parts = agreed(env, text % _Blank(named), named).split(". ")
    return ". ".join(part[:1].upper() + part[1:] for part in parts)


def get_error_text(env, error):
    """Return the sentence for a ``ConnectorError``."""
    return get_words(env, error.code, {"sentence": error.sentence, **error.data})[0]


def _fill(env, text, data):
    # Not ``env._(text, **data)``: a word that the data lacks would be an error.
    return agreed(env, str(env._(text)) % data, data) if text else ""


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
