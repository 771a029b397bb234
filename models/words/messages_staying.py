"""Why records stay that vanished from the source, or that a rollback takes back."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)


WORDING = {
    # vanished from the source
    "vanished_unarchivable": (
        _lt(
            "%(count)s vanished [[count|record stays|records stay]]: %(model)s cannot be archived."
        ),
        _lt("Delete them by hand if they are not needed."),
    ),
    "vanished_shared": (
        _lt("Not archived: it stands for another record of the source as well."),
        _lt("Nothing, unless the other one is not needed either."),
    ),
    "vanished_yours": (
        _lt("Not archived: Odoo had it before the migration."),
        _lt("Choose “Archive in Odoo” for the record itself if it is not needed."),
    ),
    "vanished_changed": (
        _lt("Not archived: somebody has worked on it in Odoo."),
        _lt("Choose “Archive in Odoo” for the record itself if it is not needed."),
    ),
    "vanished_refused": (
        _lt("Odoo does not let it be archived: %(reason)s"),
        _lt("Solve what holds it, then load again."),
    ),
    "vanished_many": (
        _lt(
            "%(count)s of %(total)s records of %(stream)s [[count|has|have]] vanished. So many are "
            "not archived unless you choose it yourself."
        ),
        _lt(
            "See whether the account may still read all of them; then choose in the "
            "list of the vanished records."
        ),
    ),
    # cleaned up, and wiped
    "cleaned_up": (
        _lt("Removed by Clean Up: nothing referred to it."),
        _lt("Nothing: it comes back by itself once a record that is loaded names it."),
    ),
    "wiped_unconverted": (
        _lt(
            "What was read of %(count)s [[count|record|records]] of %(stream)s is wiped. "
            "The mapping has changed since: [[count|it stays|they stay]] as loaded."
        ),
        _lt(
            "Nothing, if that is right. Else run a plan from the same system: what was "
            "loaded is recognized."
        ),
    ),
    "wiped_undecided": (
        _lt(
            "What was read of %(count)s [[count|record|records]] of %(stream)s is wiped. "
            "What was decided about owners or values has changed since: "
            "[[count|it stays|they stay]] as loaded."
        ),
        _lt(
            "Fetch a record again that the decision is to reach. Else nothing, if that is "
            "right."
        ),
    ),
    "wiped_unloaded": (
        _lt(
            "%(count)s [[count|record|records]] of %(stream)s cannot be loaded again: what "
            "was read of [[count|it|them]] is wiped."
        ),
        _lt("Read the source again first: what is not in Odoo comes back."),
    ),
    "wiped_uncompared": (
        _lt(
            "%(count)s [[count|record|records]] of %(stream)s [[count|was|were]] not "
            "compared: what [[count|it was|they were]] loaded with is wiped."
        ),
        _lt("Nothing: the verifications before that are kept with their runs."),
    ),
    "wiped_accounted": (
        _lt(
            "The account of %(stream)s includes %(count)s [[count|record|records]] as "
            "before what was read of [[count|it|them]] was wiped."
        ),
        _lt("Nothing: what has been read since is accounted for anew."),
    ),
    # rollback
    "kept_changed": (
        _lt("Kept: somebody has changed it since it was loaded."),
        _lt(
            "If it is not needed, roll back once more and choose to take along what "
            "people have worked on."
        ),
    ),
    "kept_history": (
        _lt("Kept: it belongs to a record that is kept (%(model)s)."),
        _lt("It goes when that record is taken back."),
    ),
    "kept_used": (
        _lt("Kept: %(model)s refers to it."),
        _lt("Delete it by hand if it is not needed."),
    ),
    "kept_by_migration": (
        _lt("Kept: the migration “%(job)s” counts on it."),
        _lt("Roll that one back first if it is not needed."),
    ),
    "kept_refused": (
        _lt("Kept: Odoo does not let it go: %(reason)s"),
        _lt("Solve what holds it, then roll back again."),
    ),
    "kept_value": (
        _lt("%(field)s was changed in Odoo since. It was not set back."),
        _lt("Nothing, if the value is right."),
    ),
}
