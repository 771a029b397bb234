"""One row of a table by its id: the tables are read through until it comes.

No index is kept: files are read one time as a rule, and a row again where somebody has
written another file in its place.
"""

from dataclasses import dataclass

from ..core.source import Page
from . import reading
from .keys import disk_trouble_told
from .rows import TURN_ROWS


class OneByOne:
    """What ``SpreadsheetSource`` is asked for single rows."""

    def find_one(self, stream, source_id):
        groups = self.get_groups()
        if stream.name not in groups:
            return Page(self._documents().records_of(source_id))
        group = groups[stream.name]
        self._survey(group, *(group.history.groups if group.history else ()))
        folder = self.config.get("work_folder")
        return read_row(group, source_id, folder=folder, ensure_time=self.ensure_time)


def read_row(group, source_id, *, folder=None, ensure_time=lambda: None):
    """Return the ``Page`` of the first row with an id: later ones with it are refused.

    :param folder: where the moves of deals are kept that were gathered once
    :param ensure_time: raises ``RetryableError`` where the batch has none left
    """
    with disk_trouble_told():
        try:
            if group.history:
                group.history.open(folder, ensure_time)
            for place in range(len(group.tables)):
                if page := _find(group, place, source_id, ensure_time):
                    return page
        finally:
            if group.history:
                group.history.close()
            for table in group.tables:
                table.tally.clear()
    return Page(())


@dataclass
class _Begin:
    """Where the page of a whole reading begins in which we are."""

    position: tuple | None = None
    row: int = 0

    def is_full(self, row, behind):
        size = behind[0] - (self.position[0] if self.position else 0)
        return row - self.row >= reading.PAGE_ROWS or size > reading.PAGE_BYTES


def _find(group, place, source_id, ensure_time):
    begin = _Begin()
    rows = group.read_rows(group.tables[place])
    for row, (values, behind) in enumerate(rows, 1):
        if row % TURN_ROWS == 0:
            ensure_time()
        if isinstance(values, dict) and group.key_of(values) == source_id:
            page = reading.PageInProgress(group, place, _FirstOnes(), 0)
            page.add(values, behind, row)
            series = _series_of(group, place, begin, page.records)
            return Page((*series, *page.records), None, tuple(page.errors))
        if begin.is_full(row, behind):
            begin = _Begin(behind, row)
    return None


class _FirstOnes:
    """Instead of ``SeenKeys``: the first row with an id is the one that has it."""

    def is_new(self, _key, _place, _row):
        return True


def _series_of(group, place, begin, records):
    """Return the series that a row is of, as the first meeting of its page tells it."""
    if not group.series or not records:
        return []
    found = group.series.find(records[0].data)
    if not found:
        return []
    for values, _behind in group.read_rows(group.tables[place], begin.position):
        _values, series = group.series.add_to(
            values if isinstance(values, dict) else {}
        )
        if series and series.source_id == found[0]:
            return [series]
    return []
