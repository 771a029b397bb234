"""What the engine has to say: code → (what happened, what to do)."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

ENGINE = {
    "spot_check_wrong": (
        _lt("Judged wrong in a spot check: %(comment)s"),
        _lt(
            "Correct the value here, or the mapping, and load the changes. Then judge the "
            "record again."
        ),
    ),
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
    "not_looked_again": (
        _lt(
            "The files were not looked at a second time: they were removed once they were "
            "read, because this migration anonymizes people."
        ),
        _lt("Nothing: the migration of the real people compares them."),
    ),
    "left_behind": (
        _lt("Left behind: this migration brings no history or no files over."),
        _lt("Change the options of the migration if it should come along."),
    ),
    "filtered": (
        _lt(
            "%(count)s of %(total)s [[total|record|records]] of %(stream)s [[count|is|are]] left out by the filter: %(filter)s"
        ),
        _lt("Nothing, unless they are needed: then change the filter of the object."),
    ),
    "filter_column_gone": (
        _lt(
            "The filter of %(stream)s asks for %(columns)s, which no record of it has: %(filter)s"
        ),
        _lt("Correct the filter of the object, or read a file that has this column."),
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
        _lt(
            "The source did not answer a single question within %(seconds)s [[seconds|second|seconds]]."
        ),
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
    "object_kept": (
        _lt("Kept: the custom object “%(object)s”, because %(reason)s."),
        _lt("Take away what is in it and roll back again, or keep it."),
    ),
}
