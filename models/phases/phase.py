"""The contract of a phase: a stretch of a run that is done in short batches."""

import gc
import time
from contextlib import contextmanager

from odoo import models
from odoo.tools import SQL

from .turn_limits import get_turn

BATCH_SECONDS = 8
"""How long a batch may take; less where the limits of the server are tight."""

STRETCH = 2000
"""Staging records that one query looks at."""


@contextmanager
def no_collection():
    """Let cycles wait for the end of a stretch.

    Looking for them means looking through all of Odoo's registry, again and again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class CrmMigrationPhase(models.AbstractModel):
    """Subclass as ``crm.migration.phase.<name>`` and list it in ``PHASES_OF_KIND``.

    Running a phase again is the normal case: each batch looks for what is still to do.
    """

    _name = "crm.migration.phase"
    _description = "Migration Phase"

    _is_shared = False
    """Several processes may do it, see ``shared``."""

    _tables = ("crm_migration_record", "crm_migration_id_map")
    """What it searches in; empty where it reads the source."""

    _changes_staged = True
    """Behind it PostgreSQL has to count those tables anew."""

    def _begin(self, run):
        """Prepare the phase.

        PostgreSQL plans for the rows it counted last. A table that has filled within
        the last minutes is small to it, and it would sort a million rows for each batch.
        A tenth of the usual sample tells that: fifty milliseconds a table become five.
        A few records that were named are found by their ids.
        """
        self.env.flush_all()
        if run._get_chosen() is None and self._is_anything_new(run):
            self.env.cr.execute("SET LOCAL default_statistics_target = 10")
            for table in self._tables:
                self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
            self.env.cr.execute("RESET default_statistics_target")
        self._start(run)

    def _is_anything_new(self, run):
        """Tell whether the tables may be others than they were at the last phase's begin."""
        before = run._get_phase_before()
        return before is None or before._changes_staged

    def _start(self, run):
        """Prepare, and say in ``run.total`` how much there is to do."""

    def _run_batch(self, run):
        """Work until ``_get_end()``; return whether nothing is left.

        What it wrote is committed together with ``run.checkpoint``. Phases that read the
        source go by its pages instead.
        """
        ends = self._get_end()
        plan = self._get_plan(run)
        while time.monotonic() < ends:
            with no_collection():
                is_over = self._work_or_share(run, plan)
                if is_over is not None:
                    return is_over
                # Memory stays flat, and what SQL wrote is seen.
                self.env.flush_all()
                self.env.invalidate_all()
        return False

    def _get_plan(self, run):
        """Return what every stretch of a batch needs; here the places, in their order."""
        return []

    def _work_or_share(self, run, plan):
        """Do the next stretch; phases that several may do give it out, see ``shared``."""
        return self._work_stretch(run, plan)

    def _work_stretch(self, run, plan):
        """Do the next few records, and write in ``run.checkpoint`` how far this came.

        Here: place by place, each from its first record to its last.

        :return: None as long as there is more; else what ``_run_batch`` returns
        """
        position, after = run.checkpoint or (0, 0)
        if position >= len(plan):
            return True
        last = self._work_place(run, plan[position], after)
        if not last and not self._may_leave(run, plan[position]):
            return False
        run.checkpoint = [position, last] if last else [position + 1, 0]
        return None

    def _work_place(self, run, place, after):
        """Do the next records of a place behind an id; return the last id, None at the end."""
        raise NotImplementedError

    def _may_leave(self, run, place):
        """Return whether the run may go on behind a place that is done."""
        return True

    def _finish(self, run):
        """Draw the line below the phase."""

    def _get_end(self, seconds=BATCH_SECONDS):
        """Return until when this batch may work, by ``time.monotonic``."""
        return time.monotonic() + get_turn().get_seconds(seconds)

    def _fetch_stretch(self, query, parameters, stream, after, until=None):
        """Return the first rows that a query finds behind an id, stretch by stretch.

        Within a stretch of two thousand staging records no plan can go wrong, however
        much of a condition the server cannot estimate (what lies within the values).

        :param query: takes ``after`` and ``last``, the bounds of the ids, and ``stream``
        :param until: the last id that it is about, None for all there are
        """
        while True:
            last = self._get_last(stream, after, STRETCH, until)
            if not last:
                return []
            bounds = {"stream": stream.id, "after": after, "last": last}
            if rows := self._fetch(query, {**parameters, **bounds}):
                return rows
            after = last

    def _get_last(self, stream, after, number, until=None):
        """Return the last id of the next few staging records, None where there is none."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT max(id) FROM (SELECT id FROM crm_migration_record"
            " WHERE stream_id = %s AND id > %s AND id <= COALESCE(%s, id)"
            " ORDER BY id LIMIT %s) AS next",
            [stream.id, after, until, number],
        )
        return self.env.cr.fetchone()[0]

    def _fetch(self, query, parameters):
        """Return the rows of a query as dicts."""
        self.env.flush_all()
        self.env.cr.execute(query, parameters)
        return self.env.cr.dictfetchall()
