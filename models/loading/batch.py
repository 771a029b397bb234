"""A batch on its way into Odoo: its rows, and what their references stand for."""

import functools
import hashlib
import json
from collections import Counter
from dataclasses import InitVar, dataclass, field
from datetime import datetime
from typing import TypedDict

from odoo.exceptions import UserError

from ..staging.crm_migration_stream_filter import PARENT_FILTERED
from ..staging.references import as_key

REF, MAP, OWNER = "$ref", "$map", "$owner"
"""The three kinds of references in staged values, as ``connectors`` writes them."""


AUTHORS = ("@created_by", "@updated_by", "@author", "@stage_history")
"""Targets that say who did something: that was them, whoever has taken over since."""


UNMAPPED = "@leftovers"


class Refused(ValueError):
    """This record cannot be loaded; ``code`` and ``data`` say why."""

    def __init__(self, code, field=None, value=None, **data):
        self.code, self.field, self.value, self.data = code, field, value, data
        super().__init__(code)


UNUSABLE = (
    UserError,
    ValueError,
    # A year or a number beyond what Python itself can count with.
    OverflowError,
)
"""What is raised for a bad value, by Odoo or on the way to it."""


def hash_row(row):
    """Return a digest by which a later load sees whether anything changed."""
    if row.get("values_hash"):
        return row["values_hash"]
    text = json.dumps(row["values"], sort_keys=True, ensure_ascii=False)
    return hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()


def as_reference(value):
    """Return (kind, key) of a reference, None for anything else.

    The hints of a reference by name are the fourth part of its key, as JSON.
    """
    if isinstance(value, dict):
        for kind in (REF, MAP):
            if isinstance(value.get(kind), (list, tuple)):
                return kind, as_key(value[kind])
        if value.get(OWNER) not in (None, ""):
            return OWNER, str(value[OWNER])
    return None


def find_references(value):
    """Return (kind, key) of every reference in a JSON value, however deep."""
    found = []
    _add_references(value, found)
    return found


def _add_references(value, found):
    if isinstance(value, dict):
        if reference := as_reference(value):
            found.append(reference)
            return
        value = value.values()
    elif not isinstance(value, list):
        return
    for member in value:
        _add_references(member, found)


class Mapped(TypedDict, total=False):
    """What the id map says of a row that was loaded before."""

    res_id: int
    res_model: str
    outcome: str
    values_hash: str
    rollback_action: str
    is_known: bool
    """An earlier migration loaded it, this one has not yet."""


class Row(TypedDict, total=False):
    """One staging record on its way, as the phases give it to a target.

    The first block is always there; the second with a load, the third with what is
    looked at again (verification, linking, settling).
    """

    id: int
    stream: str
    source_id: str
    name: str | None
    values: dict
    """Target → JSON value, a person's edits on top."""

    part: str
    unmapped_values: list
    """Pairs (source field, text) of what had no place."""
    values_hash: str
    mapped: Mapped | None
    decision: str | None
    """What was decided about a possible duplicate: keep, merge, skip."""
    merge_id: int | None
    merge_source: tuple | None

    res_id: int
    outcome: str
    rollback_action: str
    watermark: datetime
    loaded_at: datetime
    archived_at: datetime
    deferred: dict
    withheld: dict
    extras: dict
    is_changed_since: bool
    """A later reading has changed what the first one brought."""
    said: dict
    """All that it was loaded with, of a row whose links alone are set."""
    is_given_up: bool
    """What it said last could not be loaded, and it is gone from the source."""


@dataclass(eq=False)
class Item:
    """One row, and what is known about it so far.

    :param given: targets to take instead of those of the row: what it was loaded with
    """

    row: Row
    given: InitVar[dict | None] = None
    part: str = ""

    targets: dict = field(init=False)
    """What was staged: target → JSON value."""
    references: frozenset = field(init=False)
    """(kind, key) of all that the targets refer to."""
    unplaced: list = field(init=False)
    key: tuple = field(init=False)
    """(stream, source id)"""
    mapped: Mapped | None = field(init=False)
    res_id: int | None = field(init=False)
    rollback_action: str = field(init=False)
    """``delete``, ``restore`` or ``keep``."""
    withheld: dict = field(init=False)
    """Target → why Odoo does not take its value."""

    loaded: "Item | None" = None
    """The same row as it was when it was loaded."""
    watermark: datetime | None = None
    vals: dict = field(default_factory=dict)
    """What Odoo's ``create`` gets."""
    notes: list = field(default_factory=list)
    """Markup for the notes."""
    unmapped_values: list = field(default_factory=list)
    """Pairs (label, text) of what has no field; for the notes as well."""
    further: list = field(default_factory=list)
    """Markup of the records beside a link that takes one, for the end of the notes."""
    tags: dict = field(default_factory=dict)
    """Field → ids of tags that another field was meant for."""
    deferred: dict = field(default_factory=dict)
    """Target → reference to a record still to come."""
    known_deferred: dict = field(default_factory=dict)
    extras: dict = field(default_factory=dict)
    """Model → ids of what else was created for it."""
    known_extras: dict = field(default_factory=dict)
    filtered: set = field(default_factory=set)
    """Targets that refer to what a filter left out."""
    problems: list = field(default_factory=list)
    """Messages, as ``crm.migration.message`` takes them."""
    outcome: str | None = None
    failure: str | None = None
    """Code of what kept it from being loaded."""
    defaulted_fields: set = field(default_factory=set)
    """Fields of which the source says nothing."""
    origin: tuple | None = None
    """(created, changed, author, editor), once it was worked out."""
    threads: list = field(default_factory=list)
    """(model, id) of the records that it belongs to."""
    home: tuple | None = None
    """The one of them where it stands."""
    is_own: bool = True
    is_touched: bool = False
    """A person has worked on the record since it was loaded."""
    keeps_notes: bool = True
    """The record has the notes that were put together for it."""
    is_forgotten: bool = False
    """An open activity for which a note was chosen to stand."""
    named: str | None = None
    """The field of a made-up name."""
    waits: bool = False
    """It was not settled, for a reason that may pass."""
    disputed: dict = field(default_factory=dict)
    """Field → what is known of its conflict."""
    conflicts: dict = field(default_factory=dict)
    """Field → conflict that was met, as ``crm.migration.conflict`` takes it."""
    decided: dict = field(default_factory=dict)
    """Field → Odoo's value that gives way because somebody decided so."""
    returned: list = field(default_factory=list)
    """Ids of conflicts whose source says again what it said at first."""
    chosen: dict | None = None
    """Values of a load of today, once they were worked out."""
    is_compared: bool = False
    """Each field of it was looked at."""

    def __post_init__(self, given):
        row = self.row
        self.targets = targets = dict(row["values"] if given is None else given)
        found = []
        for value in targets.values():
            if value.__class__ in (dict, list):
                _add_references(value, found)
        self.references = frozenset(found)
        self.unplaced = [
            *(targets.pop(UNMAPPED, None) or []),
            # Of what was loaded earlier, the row of today says nothing.
            *((row.get("unmapped_values") or []) if given is None else []),
        ]
        self.key = (str(row["stream"]), str(row["source_id"]))
        self.part = row.get("part") or self.part
        self.mapped = row.get("mapped")
        if not self.mapped and row.get("res_id"):
            self.mapped = {"res_id": row["res_id"], "outcome": row.get("outcome")}
        self.res_id = self.mapped and self.mapped["res_id"]
        self.rollback_action = (self.mapped or {}).get("rollback_action") or "delete"
        self.withheld = dict(row.get("withheld") or {})

    def add_extra(self, model, res_id):
        """Remember what else was created for this row: a rollback takes it back."""
        self.extras.setdefault(model, []).append(res_id)

    def outcome_to_keep(self):
        """Return what the link says became of the row.

        Only where the link is new: a later load does not change what the first one did.
        """
        if self.mapped and self.mapped.get("outcome") == "matched":
            return "matched"
        return "known" if self.outcome == "unchanged" else self.outcome

    def all_extras(self):
        if not self.known_extras and not self.extras:
            return {}
        models = {**self.known_extras, **self.extras}
        return {
            model: [*self.known_extras.get(model, []), *self.extras.get(model, [])]
            for model in models
        }

    def report(self, code, severity="warning", field=None, value=None, **data):
        self.problems.append(
            {
                "code": code,
                "severity": severity,
                "record_id": self.row["id"],
                "stream": self.key[0],
                "source_id": self.key[1],
                "field": field,
                "value": value,
                "data": data,
            }
        )

    def refuse(self, error):
        """Take the record out of the batch with its reason.

        What is nothing without a record that a filter left out is left out with it.
        """
        if error.field in self.filtered:
            told = (p for p in self.problems if p["code"] != "reference_filtered")
            self.problems[:] = told
            self.skip(PARENT_FILTERED)
            return
        self.outcome = "failed"
        self.failure = error.code
        self.report(error.code, "error", error.field, error.value, **error.data)

    def skip(self, code):
        self.outcome = "skipped"
        self.failure = code
        self.report(code, "info")


class Batch:
    """The rows of one mapping that are loaded together."""

    def __init__(self, run, mapping, rows):
        self.run, self.mapping, self.job = run, mapping, run.job_id
        self.env = run.env
        self.model_name = mapping.model_name
        part = mapping.part or ""
        self.items = [Item(row, part=part) for row in rows]
        self.links, self.later, self.unclear = {}, set(), {}
        self.left_out, self.tells_left_out = set(), True
        self.decided, self.users, self.former = {}, {}, {}
        self.cache = {}
        self.kept_savepoints = 0

    @functools.cached_property
    def model(self):
        return self.env[self.model_name]

    def get_user(self, key, target=None):
        """Return the id of who stands for an owner, False for nobody, None: undecided.

        :param target: one of ``AUTHORS`` asks for who did it, before somebody took over
        """
        if target in AUTHORS and key in self.former:
            return self.former[key]
        return self.users.get(key)

    def with_outcome(self, *outcomes):
        return [item for item in self.items if item.outcome in outcomes]

    def newly_known(self):
        """Return what an earlier migration loaded, and the source has not changed since.

        What that one had to leave out is tried once more by the linking.
        """
        known = [i for i in self.with_outcome("unchanged") if i.mapped.get("is_known")]
        for item in known:
            item.deferred = item.known_deferred
        return known

    def remember(self, item):
        """Let the other rows of the batch refer to what this one became."""
        if not item.part:
            self.links[item.key] = (self.model_name, item.res_id)
            self.later.discard(item.key)

    def once(self, name, make):
        """Return what ``make`` gave when it was first asked for in this batch."""
        if name not in self.cache:
            self.cache[name] = make()
        return self.cache[name]

    def count(self):
        counted = Counter(item.outcome for item in self.items)
        # What was found in Odoo adds nothing to it: it is merged with what is there.
        counted["merged"] += counted.pop("matched", 0)
        return +counted
