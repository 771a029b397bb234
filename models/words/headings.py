"""What heads the problems of one code, where the sentence of one record cannot."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

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
    "shared_by_many": _lt(
        "Many records share a value: too many to be proposed as duplicates by that alone."
    ),
    "kept_used": _lt("Kept: something in Odoo refers to it."),
    "kept_by_migration": _lt("Kept: another migration counts on it."),
    "not_blocked": _lt(
        "Somebody has opted out, and there is no valid e-mail address to block."
    ),
    "filtered": _lt("Records are left out by the filter of their object."),
    "filter_column_gone": _lt("A filter asks for a column that no record has."),
    "columns_gone": _lt(
        "A newer file lacks columns. What stood in them before stays as it is."
    ),
    "rows_by_content": _lt(
        "A file has no column of ids: a row that was changed is a new one, and the former one is gone."
    ),
    "value_replaced": _lt("A field cannot hold a value. Another one stands there."),
    "changed_by_both": _lt(
        "A field was changed in the source and in Odoo. Odoo's value stays."
    ),
    "entry_unclear": _lt("Odoo has several entries of one name."),
    "series_stopped": _lt(
        "A series of meetings has no end. No further ones were planned."
    ),
    "series_continued": _lt("A series of meetings goes on behind those of the source."),
    "barcode_taken": _lt("A barcode belongs to another product already."),
    "invoice_tax": _lt("No tax explains the amount of a line. It has none in Odoo."),
    "short_zip": _lt("A postal code has probably lost its leading zero."),
}
"""Sentences for all problems of a code, where that of one record would be none."""
