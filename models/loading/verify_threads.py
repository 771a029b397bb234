"""Which record a message or a to-do hangs on: SQL looks it up, and compares it."""

from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL

from .batch import REF, as_reference
from .verify_kinds import MISSING, OTHER, Kind

THREAD = "h"
"""The letter of one record with a chatter, by its id in the source."""


@dataclass(frozen=True)
class Thread(Kind):
    """``@thread``: one reference, or a list of one, looked up in a join called ``thread``."""

    def get_flag(self, number, users):
        return self.get_flag_where(SQL("thread.is_there"), THREAD)

    def read_flag(self, batch, targets):
        if self.target not in targets:
            return MISSING
        value = targets[self.target]
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        kind, key = as_reference(value) or (None, ())
        is_plain = kind == REF and len(key) == 2 and set(value) == {REF}
        return THREAD if is_plain and key in batch.links else OTHER


class CrmMigrationLoadingVerifyThreads(models.AbstractModel):
    """For what has ``@thread``, and one place that it says."""

    _name = "crm.migration.loading.verify.threads"
    _description = "Migration: Loading Verify Threads"

    _bearers_have = "message_ids"
    """The field of the models on whose records it hangs."""

    def _list_kinds(self, batch):
        return (*super()._list_kinds(batch), Thread("@thread", None))

    def _list_found(self, kinds):
        return SQL(
            "%s thread.res_model AS thread_model, thread.res_id AS thread_id, ",
            super()._list_found(kinds),
        )

    def _join_found(self, job, kinds):
        """Add the record that is named; what somebody has deleted since is none."""
        lineage = job._get_lineage().ids
        return SQL(
            """
            %(joins)s
              LEFT JOIN LATERAL (
                   SELECT found.res_model, found.res_id, %(there)s AS is_there
                     FROM (SELECT CASE WHEN jsonb_typeof(given.v -> '@thread') <> 'array'
                                       THEN given.v -> '@thread'
                                       WHEN jsonb_array_length(given.v -> '@thread') = 1
                                       THEN given.v -> '@thread' -> 0 END AS entry
                          ) AS named
                     JOIN crm_migration_id_map AS found
                       ON found.job_id = ANY(%(lineage)s) AND found.part = ''
                      AND found.stream = entry -> %(ref)s ->> 0
                      AND found.source_id = entry -> %(ref)s ->> 1
                      AND entry -> %(ref)s -> 2 IS NULL
                      AND entry = jsonb_build_object(%(ref)s, entry -> %(ref)s)
                    -- What this migration knows itself counts most.
                    ORDER BY array_position(%(lineage)s, found.job_id) LIMIT 1
                   ) AS thread ON TRUE
            """,
            joins=super()._join_found(job, kinds),
            there=self._is_bearer(job),
            lineage=lineage,
            ref=REF,
        )

    def _is_bearer(self, job):
        """Return the condition that a record is there, and has a chatter of its own."""
        cases = [
            SQL(
                "WHEN %s THEN EXISTS (SELECT FROM %s AS bearer"
                " WHERE bearer.id = found.res_id)",
                *(name, SQL.identifier(self.env[name]._table)),
            )
            for name in sorted(set(job.mapping_ids.mapped("model_name")))
            if name in self.env
            and {"message_ids", self._bearers_have} <= self.env[name]._fields.keys()
            and not self._for(name)._hands_on
        ]
        if not cases:
            return SQL("FALSE")
        return SQL("CASE found.res_model %s ELSE FALSE END", SQL(" ").join(cases))

    def _tell_apart(self):
        """On records of each model it hangs in its own way."""
        return SQL("%s, '|', given.thread_model", super()._tell_apart())

    def _expect_beside(self, batch, shapes, item, more):
        found = super()._expect_beside(batch, shapes, item, more)
        kind = next(each for each in shapes.kinds if isinstance(each, Thread))
        flag = kind.read_flag(batch, item.targets)
        if flag == MISSING or found is None:
            return found
        if flag == OTHER or not item.home or item.threads != [item.home]:
            return None
        conditions, more = found
        return {**conditions, "res_id": self._hangs_there()}, more

    def _hangs_there(self):
        """Return the condition that it hangs on that record; its model is looked at."""
        return SQL("record.res_id = given.thread_id")
