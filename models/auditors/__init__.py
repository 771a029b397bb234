"""Independent checks: wrong values that the load meant to write, kind by kind.

To add a kind, write an ``Auditor`` in the file of its subject and list it here. What a
payload does not show any more no auditor can find: zeros that a table cut off
before it was read, a row that the reader never gave. For these the source is read a
second time, see ``Source.audit``.
"""

from odoo.tools import SQL

from ..coverage.sight import any_of
from .amounts import (
    Estimate,
    Footer,
    ForeignAmount,
    MoreDue,
    ShareAsFraction,
    Thousandfold,
)
from .defaults import AssignedByDefault, ClosedByDefault, DatedByLoad
from .links import AmbiguousName, HangsNowhere, OutOfUse, StateElsewhere
from .moments import (
    AbsurdDuration,
    ImpossibleDate,
    LostSeries,
    LostTime,
    ShiftedDay,
    WrongDuration,
)
from .opt_outs import NotBlocked
from .outcomes import WrongOutcome
from .texts import (
    Armour,
    GluedEntries,
    GluedTexts,
    NetworkDomain,
    NoName,
    RepeatedHeader,
)

AUDITORS = (
    ForeignAmount,
    Estimate,
    MoreDue,
    Thousandfold,
    ShareAsFraction,
    Footer,
    ShiftedDay,
    AbsurdDuration,
    LostTime,
    WrongDuration,
    LostSeries,
    ImpossibleDate,
    WrongOutcome,
    NotBlocked,
    AmbiguousName,
    StateElsewhere,
    OutOfUse,
    HangsNowhere,
    Armour,
    NoName,
    NetworkDomain,
    GluedEntries,
    GluedTexts,
    RepeatedHeader,
    AssignedByDefault,
    ClosedByDefault,
    DatedByLoad,
)
"""Every kind that a verification looks for, in the order of a list."""


def get_suspicion(sight):
    """Return the SQL condition that an auditor must see a record: it may find something.

    :param sight: a ``Sight``: the payload beside the record, for one mapping
    """
    kinds = [kind() for kind in AUDITORS]
    conditions = [
        kind.suspects(sight)
        for kind in kinds
        if not kind.models or sight.model_name in kind.models
    ]
    if None in conditions:
        return SQL("TRUE")
    return any_of(SQL("COALESCE(%s, FALSE)", any_of([each])) for each in conditions)


def audit(look, tally, cases):
    """Let every auditor look at every Odoo record that the migration created."""
    created = [
        (case, part)
        for case in cases
        for part in case.parts.values()
        if part.outcome == "created"
    ]
    for kind in AUDITORS:
        auditor = kind()
        auditor.prepare(look, cases)
        for case, part in created:
            if auditor.sees(part):
                for field, expected, found in auditor.audit(case, part):
                    tally.differ(case, part, field, auditor.code, expected, found)
