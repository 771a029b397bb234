"""How many rows a table has: exactly, although the server adds up 50,000 at most."""

import datetime as dt

from ..core.errors import FatalError, ForbiddenError
from ..core.sentences import _lt
from .api import query
from .delta import utc_text

FIRST = dt.datetime(1990, 1, 1, tzinfo=dt.timezone.utc)
DEEPEST = 14
"""Halvings of the time since then; the last stretches are of a day."""


class Counter:
    """Count by ``$apply``, by stretches of the dates of creation where there are many."""

    def __init__(self, api):
        self.api = api

    def count(self, set_name, *, where="", dated=True):
        """Return the number of rows, None where it cannot be told.

        :param dated: the table has ``createdon``
        """
        try:
            return self._sum(set_name, where)
        except FatalError as error:
            if error.code == "table_missing":
                return 0
            if isinstance(error, ForbiddenError):
                raise
            if error.code != "too_many_rows" or not dated:
                return None
        now = dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=1)
        stretches = (("", FIRST), (FIRST, now), (now, ""))
        counts = [self._stretch(set_name, where, *pair, DEEPEST) for pair in stretches]
        counts.append(self._try(set_name, _both(where, "createdon eq null")))
        return None if None in counts else sum(counts)

    def _stretch(self, set_name, where, start, end, depth):
        """Return the number of rows made in a stretch of time; in halves if need be."""
        parts = [f"createdon ge {utc_text(start)}"] if start else []
        parts += [f"createdon lt {utc_text(end)}"] if end else []
        found = self._try(set_name, _both(where, *parts))
        if found is not None or not (start and end) or not depth:
            return found
        middle = (start + (end - start) / 2).replace(microsecond=0)
        halves = [
            self._stretch(set_name, where, start, middle, depth - 1),
            self._stretch(set_name, where, middle, end, depth - 1),
        ]
        return None if None in halves else sum(halves)

    def _try(self, set_name, where):
        try:
            return self._sum(set_name, where)
        except FatalError as error:
            if error.code != "too_many_rows":
                raise
            return None

    def _sum(self, set_name, where):
        apply = "aggregate($count as n)"
        if where:
            apply = f"filter({where})/{apply}"
        rows = self.api.rows(f"{set_name}?{query(apply=apply)}", stream=set_name)
        number = rows[0].get("n") if rows and isinstance(rows[0], dict) else None
        if isinstance(number, bool) or not isinstance(number, int):
            raise self.api.unexpected(set_name, _lt("no number"))
        return number


def _both(*parts):
    return " and ".join(part for part in parts if part)
