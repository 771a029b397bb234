"""One bad record costs one record: divide a refused batch until it stands alone."""

import psycopg2

from odoo import models

from ..odoo.meanwhile import TakenMeanwhile, is_taken_meanwhile
from .batch import UNUSABLE, Refused

REFUSALS = (
    *UNUSABLE,
    psycopg2.IntegrityError,
    psycopg2.DataError,
    # A value too long for an index: the one OperationalError that is the record's fault.
    psycopg2.errors.ProgramLimitExceeded,
)
"""What Odoo raises for a bad record. A lost connection or a conflict is not one."""


PIECES = 8
"""How many parts a refused batch is divided into. Every refusal wastes the work of its
part: with one bad record in a hundred, eight cost a sixth less than two."""

FEW = 16
"""Up to so many are halved: a record alone costs as much as six in a batch, and each part
that is done has a savepoint of its own."""


MAX_SAVEPOINTS = 48
"""Beyond 64 subtransactions that wrote, PostgreSQL looks each of them up on disk for
everybody; some of the 64 belong to who calls us."""


class CrmMigrationLoadingBisect(models.AbstractModel):
    _name = "crm.migration.loading.bisect"
    _description = "Migration: Loading Bisect"

    def _attempt(self, batch, items, work):
        """Do ``work(batch, items)``; who is refused is marked, the others are done."""
        if not items:
            return
        proven = self._divide(batch, items, work)
        if proven and self._try(batch, proven, work, keep=True):
            # Acceptable one by one, but not together: rare enough for one at a time.
            for item in proven:
                if error := self._try(batch, [item], work, keep=True):
                    item.refuse(error)

    def _divide(self, batch, items, work):
        """Work on the items; return those only proven to be acceptable.

        Every savepoint that is kept counts until the transaction ends. When they are
        used up, the rest is found out in savepoints that are taken back, and done
        together afterwards.
        """
        keep = batch.kept_savepoints < MAX_SAVEPOINTS
        error = self._try(batch, items, work, keep)
        if error is None:
            batch.kept_savepoints += keep
            return [] if keep else items
        if len(items) == 1:
            if self._rescue(batch, items[0], work, error):
                return items
            items[0].refuse(error)
            return []
        pieces = PIECES if len(items) > FEW else 2
        proven, size = [], -(-len(items) // pieces)
        for start in range(0, len(items), size):
            proven += self._divide(batch, items[start : start + size], work)
        return proven

    def _try(self, batch, items, work, keep):
        """Return why the items were refused, None if they were not.

        :param keep: else only find out, and take it back
        """
        marks = [
            (item, item.outcome, item.res_id, len(item.problems)) for item in items
        ]
        error = None
        try:
            with self.env.cr.savepoint() as savepoint:
                work(batch, items)
                # In our own environment: what another one flushes speaks up again
                # (automation rules, tracking).
                self.env.flush_all()
                if not keep:
                    savepoint.rollback()
        except REFUSALS as refusal:
            if self._is_conflict(refusal):
                raise
            if len(items) == 1 and is_taken_meanwhile(self.env, refusal):
                raise TakenMeanwhile from refusal
            error = self._as_refused(batch, refusal)
        if error is None and keep:
            for item in items:
                batch.remember(item)
        else:
            for item, outcome, res_id, count in marks:
                item.outcome, item.res_id, item.extras = outcome, res_id, {}
                del item.problems[count:]
        return error

    def _is_conflict(self, error):
        """Tell whether two of us met: an id taken meanwhile is nobody's bad value."""
        diagnostics = getattr(error, "diag", None)
        name = diagnostics and diagnostics.constraint_name
        return bool(name) and name.endswith("_pkey")

    def _as_refused(self, batch, error):
        """Return the error as a reason that names the field where it is known."""
        if isinstance(error, Refused):
            return error
        if isinstance(error, psycopg2.Error):
            # Of COPY it tells the line as well: the row once more, and nothing new.
            reason = batch.model._sql_error_to_message(error).split("\nCONTEXT:")[0]
            return Refused("refused", error.diag.column_name, reason=reason)
        return Refused("refused", reason=str(error))
