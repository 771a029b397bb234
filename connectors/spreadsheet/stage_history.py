"""The way of deals through their stages: a table of its own, or columns of the deals.

Salesforce's data export has ``OpportunityHistory.csv``, a row for each time that the stage,
the amount or the closing date changed, with ``OpportunityId``, ``StageName`` and
``CreatedDate`` (seen in a public repository's copy of one), and where fields are tracked
``OpportunityFieldHistory.csv`` with ``Field``, ``OldValue`` and ``NewValue`` (Object
Reference). Zoho's backup has ``PotStageHistory`` (name of the file alone is known). HubSpot
has a column ``Date entered "<stage> (<pipeline>)"`` for each stage.
"""

import hashlib
import json
import os
import re
import sqlite3
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ..core.columns import Column
from ..core.identifiers import as_long_salesforce_id, is_salesforce_id
from ..core.sentences import _lt
from ..mapping.moments import read_iso, read_written
from ..mapping.values import BadValue, as_key, is_blank
from ..mapping.vocabulary import field, stage_moves, stages_entered
from .columns import Columns
from .columns_links import DEAL_ID
from .columns_people import CREATED, UPDATED
from .columns_work import CREATED_TIME, STAGE, WHEN
from .conditions import called, when_deleted
from .evidence import is_date, texts_of

STAGES = "_stages"
"""Member of a deal with its moves: ``{"stage", "was", "at"}`` as they are written."""
STAGES_COLUMN = Column(STAGES, "json", shape="objects")
HISTORY = "stage_history"
"""The object whose rows are the moves of deals."""
TOLD = _lt("told by the deal, as its path through the stages")
_FIELD = ("field", "field name", "changed field", "field changed", "attribute")
_NOW = ("new value", "to stage", "new stage", "stage to", "changed to", "to", "after")
_WAS = (
    "old value",
    "from stage",
    "previous stage",
    "old stage",
    "stage from",
    "before",
)
_DEAL = (*DEAL_ID, "potential id", "potential name id", "deal name id", "related to id")
_AT = (
    *(
        "changed at",
        "changed on",
        "change date",
        "moved at",
        "entered at",
        "entered on",
    ),
    *("stage changed at", "stage changed on", "stage change date", "edit date"),
    *(*CREATED, *CREATED_TIME, *UPDATED, *WHEN, "changed time", "day"),
)
_ENTERED = re.compile(
    r"\s*date entered\s+[\"'“”„«»]?(.+?)(?:\s+\(([^()]*)\))?[\"'“”„«»]?\s*|hs_(?:v2_)?date_entered_(.+)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\s*(?:date exited|(?:latest |cumulative )?time in)\s.+|hs_(?:v2_)?(?:date_exited|(?:latest_|cumulative_)?time_in)_.+",
    re.IGNORECASE,
)
_COUNTED = _lt("Counted anew by Odoo.")
_TURN_ROWS = 5000


@dataclass(frozen=True)
class Told:
    """Which columns of a table tell of moves.

    :param field: pair (column, its words for the stage) where other fields stand there too
    """

    deal: str
    stage: str
    at: str
    was: str | None = None
    field: tuple | None = None
    deleted: tuple = ()

    def move(self, values):
        """Return (deal, move) of a row, None where it tells of something else."""
        if self.field and values.get(self.field[0]) not in self.field[1]:
            return None
        if any(as_key(values.get(c) or "") in words for c, words in self.deleted):
            return None
        found = {"stage": values.get(self.stage), "at": values.get(self.at)}
        if self.was and not is_blank(values.get(self.was)):
            found["was"] = values[self.was]
        if is_blank(values.get(self.deal)) or any(map(is_blank, found.values())):
            return None
        return as_record_key(values[self.deal]), found


def find_told(columns):
    """Return what a table tells of moves, None where it does not say whose, whither and when.

    :param columns: ``Column``s by name
    """
    found = Columns(columns)
    deal = next((c for _n, c in found.named(_DEAL) if texts_of(c)), None)
    at = next((c for _n, c in found.named(_AT) if texts_of(c) and is_date(c)), None)
    field, names = None, (*STAGE, *_NOW)
    for column in called(columns, _FIELD):
        words = tuple(t for t in texts_of(column) if _is_stage(t))
        if words:
            field, names = (column.name, words), _NOW
    stage = next((c for _n, c in found.named(names) if texts_of(c) and c != at), None)
    was = next((c for _n, c in found.named(_WAS)), None)
    if not deal or not stage or not at:
        return None
    deleted = tuple(
        (when.source, when.values) for when in when_deleted(columns) if when.values
    )
    return Told(deal.name, stage.name, at.name, was and was.name, field, deleted)


def _is_stage(text):
    """
    >>> _is_stage("StageName"), _is_stage("Deal Stage"), _is_stage("Amount")
    (True, True, False)
    """
    return bool(re.search(r"(?:^|[\s_])(?:deal)?stage|stage ?name", text, re.I))


def give_histories(groups):
    """Let the deals have what tables of moves tell of them.

    A table of which nobody knows whose moves it tells is told as unknown.
    """
    tables = [group for group in groups if group.known == HISTORY]
    deals = [g for g in groups if g.known == "deals" and not g.label]
    told = [(group, find_told(group.columns)) for group in tables]
    for group, found in told:
        if found is None or not deals:
            group.known = None
    told = [pair for pair in told if pair[0].known]
    for group in deals if told else ():
        group.history = Histories(told, of_several=len(deals) > 1)


class Histories:
    """Finds the moves of a deal.

    They are gathered in a file on disk before the first deal is read: a history may have
    more rows than memory has room for, in any order.

    :param told: pairs (``Group``, ``Told``)
    :param of_several: the deals stand in several streams: none has met them all
    """

    def __init__(self, told, *, of_several=False):
        self._told = told
        self.of_several = of_several
        self._database = None

    @property
    def name(self):
        return ", ".join(table.name for group in self.groups for table in group.tables)

    @property
    def groups(self):
        return tuple(group for group, _told in self._told)

    def as_step(self):
        """Return the step that reads the moves as their tables write them."""
        group, told = self._told[0]
        return stage_moves("stages", *_written(Columns(group.columns), [told.at]))

    def open(self, folder=None, ensure_time=lambda: None):
        """Gather the moves; what was gathered is kept in the folder of the job.

        :raises RetryableError: it takes more than the batch has time for
        """
        path = str(Path(folder, self._name())) if folder else ""
        self._database = self._connect(path)
        done = {
            place: state
            for place, *state in self._database.execute("SELECT * FROM done")
        }
        tables = [(g, told, table) for g, told in self._told for table in g.tables]
        for place, (group, told, table) in enumerate(tables):
            offset, number, whole = done.get(place, (None, None, 0))
            if not whole:
                position = None if offset is None else (offset, number)
                rows = group.read_rows(table, position)
                self._gather(place, rows, told, ensure_time)
                table.tally.clear()

    def _connect(self, path):
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA cache_size = -8192")
        database.execute(
            "CREATE TABLE IF NOT EXISTS move (deal TEXT, place INTEGER, number INTEGER,"
            " told TEXT, PRIMARY KEY (deal, place, number)) WITHOUT ROWID"
        )
        database.execute("CREATE TABLE IF NOT EXISTS met (deal TEXT PRIMARY KEY)")
        database.execute(
            "CREATE TABLE IF NOT EXISTS done"
            " (place INTEGER PRIMARY KEY, offset INTEGER, number INTEGER, whole INTEGER)"
        )
        return database

    def _gather(self, place, rows, told, ensure_time):
        moves, behind, row = [], (0, 0), 0
        for row, (values, behind) in enumerate(rows, 1):
            move = told.move(values) if isinstance(values, dict) else None
            if move:
                text = json.dumps(move[1], ensure_ascii=False, default=str)
                moves.append((move[0], place, behind[1], text))
            if row % _TURN_ROWS == 0:
                self._keep(place, moves, behind, whole=0)
                moves = []
                ensure_time()
        self._keep(place, moves, behind, whole=1)

    def _keep(self, place, moves, behind, *, whole):
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT OR REPLACE INTO move VALUES (?, ?, ?, ?)", moves
        )
        self._database.execute(
            "INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?)", (place, *behind, whole)
        )
        self._database.execute("COMMIT")

    def add_to(self, source_id, values):
        """Return the values of a deal with its moves, if there are any."""
        found = self._database.execute(
            "SELECT place, told FROM move WHERE deal = ? ORDER BY place, number",
            (as_record_key(source_id),),
        )
        # A file of moves that is given twice tells each of them once.
        first, moves = {}, []
        for place, text in found:
            if first.setdefault(text, place) == place:
                moves.append(self._as_first(place, json.loads(text)))
        if not moves:
            return values
        self._database.execute(
            "INSERT OR IGNORE INTO met VALUES (?)", (as_record_key(source_id),)
        )
        return {**values, STAGES: moves}

    def _as_first(self, place, move):
        """Return a move with its moment as the step for all of them reads it."""
        if self._ways[place] == self._ways[0]:
            return move
        return {**move, "at": _year_first(move["at"], *self._ways[place])}

    @cached_property
    def _ways(self):
        """Return in which order and zone the moments of each table are written."""
        return [
            _written(Columns(group.columns), [told.at])
            for group, told in self._told
            for _table in group.tables
        ]

    def count_unmet(self):
        """Return (moves, deals) of deals that were not read."""
        return self._database.execute(
            "SELECT count(*), count(DISTINCT deal) FROM move"
            " WHERE deal NOT IN (SELECT deal FROM met)"
        ).fetchone()

    def close(self):
        if self._database:
            self._database.close()
        self._database = None

    def _name(self):
        facts = []
        for group, told in self._told:
            facts.append(repr(told))
            for table in group.tables:
                found = os.stat(table.item.path)
                facts += [table.name, found.st_size, found.st_mtime_ns]
        name = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
        return f"{name}.keys.stages"


def as_record_key(value):
    """Return the id of a record as it is compared: Salesforce's long, Zoho's without its prefix.

    >>> [as_record_key(k) for k in ("0065g00000ABCDE", "zcrm_554023000000123", 7.0)]
    ['0065g00000ABCDEAA5', '554023000000123', '7']
    """
    text = as_key(value).strip()
    if is_salesforce_id(text):
        return as_long_salesforce_id(text)
    return text.removeprefix("zcrm_")


def _year_first(at, order, zone):
    """Return a moment as anybody reads it, or as it is where it is none.

    >>> _year_first("02/25/2025 8:00 AM", "mdy", None), _year_first("soon", "mdy", None)
    ('2025-02-25 08:00:00', 'soon')
    >>> _year_first("25.02.2025 8:00", "dmy", "Europe/Lisbon")
    '2025-02-25 08:00:00+00:00'
    """
    try:
        moment = read_written(at, order) if order else read_iso(at)
        if zone or moment.zone:
            return moment.in_utc(zone).isoformat(" ")
    except BadValue:
        return at
    return str(moment.time or moment.day)


def with_history(item, group):
    """Return the mapping of deals with their path through the stages, where one is told.

    :param item: mapping of the deals
    """
    if item.model != "crm.lead" or group.known != "deals":
        return item
    entered = find_entered(group.columns)
    if group.history:
        path = field("@stage_history", STAGES, group.history.as_step())
    elif entered:
        written = _written(Columns(group.columns), entered)
        step = stages_entered("stages", entered.values(), *written)
        path = field("@stage_history", tuple(entered), step)
    else:
        return item
    beside = [n for n in group.columns if _BESIDE.fullmatch(n)]
    told = {*(entered if group.history else ()), *beside}
    return replace(
        item,
        fields=(*(f for f in item.fields if f.source not in told), path),
        ignored={**item.ignored, **dict.fromkeys(sorted(told), _COUNTED)},
    )


def find_entered(columns):
    """Return column → stage where columns say when a deal came into each.

    A pipeline behind the stage is none of its name, unless the stages themselves have it.
    """
    found = Columns(columns, "deals")
    own = {t for _n, column in found.named(STAGE) for t in texts_of(column)}
    entered = {}
    for name, column in columns.items():
        match = _ENTERED.fullmatch(name)
        if match and not column.nested and (not texts_of(column) or is_date(column)):
            stage, pipeline, internal = match.groups()
            whole = f"{stage} ({pipeline})"
            entered[name] = whole if whole in own else internal or stage
    return entered if any(texts_of(columns[name]) for name in entered) else {}


def _written(found, names):
    """Return (order, zone) in which the columns of these names write their moments."""
    columns = [found.all[name] for name in names]
    orders = [c.date_order for c in columns if c.date_order[:3] in ("dmy", "mdy")]
    zones = filter(None, map(found.zone_of, columns))
    return orders[0] if orders else "", next(zones, None)
