"""Fields that the source and a person in Odoo have changed both: what is done with them."""

import json

from odoo import models
from odoo.fields import Command
from odoo.tools import mute_logger

from ..evidence.crm_migration_conflict_note import pack
from ..words.reader import for_reader
from .batch import UNUSABLE

COMPARES = "crm_migration_compares"
"""Nothing is written in this context: what a load would meet is found out beforehand."""

LONGEST = 2000
"""Characters of a value that the queue shows."""


class CrmMigrationLoadingDisputes(models.AbstractModel):
    """A value of Odoo gives way only to a decision about the very values that are there."""

    _name = "crm.migration.loading.disputes"
    _description = "Migration: Loading Disputes"

    # -- what is known -----------------------------------------------------------

    def _fetch_disputes(self, batch):
        """Give each row what is in conflict of it by now, whoever has found it."""
        mapped = {item.key: item for item in batch.items if item.mapped}
        if not mapped:
            return
        found = self.env["crm.migration.conflict"]._fetch_unsettled(
            batch.job,
            next(iter(mapped))[0],
            batch.mapping.part or "",
            [key[1] for key in mapped],
        )
        for (_stream, source_id), item in mapped.items():
            item.disputed = found.get(source_id, {})

    def _with_disputed(self, batch, item, wanted):
        """Return the values to be written, with those that somebody has to decide."""
        disputed = {
            name: item.vals.get(name, self._without_source(batch, name))
            for name, row in item.disputed.items()
            if name not in wanted
            and row["takes_source"]
            and name in batch.model._fields
        }
        return {**wanted, **disputed} if disputed else wanted

    def _get_decision(self, item, name, mine, theirs):
        """Return what was decided about two values: source, odoo, own; None if nothing."""
        row = item.disputed.get(name)
        if not row or not row["decision"]:
            return None
        seen = row["mine_value"], row["theirs_value"]
        return row["decision"] if seen == (pack(mine), pack(theirs)) else None

    def _settle_dispute(self, batch, item, record, name, mine, theirs, value):
        """Return [value to write] or [] as was decided; None where a person is to say.

        Where the source is as it was when Odoo's value was changed, nobody asks any more.
        """
        row = item.disputed.get(name)
        if row and row["then_value"] == pack(theirs):
            item.returned.append(row["id"])
            return []
        decision = self._get_decision(item, name, mine, theirs)
        if decision is None or self.env.context.get(COMPARES):
            return None
        if decision == "odoo":
            return []
        item.decided[name] = mine
        if decision == "source":
            return [value]
        own = json.loads(row["own_value"])[0]
        is_list = record._fields[name].type == "many2many"
        return [[Command.set(own)] if is_list else own]

    # -- what is written down ----------------------------------------------------

    def _note_dispute(self, item, record, name, values, texts, then=None):
        """Keep a conflict until the batch is through.

        :param values: Odoo's and the source's, as ``_plain`` returns them
        :param texts: the source's then, its one now and Odoo's, as people read them
        :param then: what the source said when it was loaded, in a list; None: no load
            can write it
        """
        mine, theirs = values
        names = ("then_text", "theirs_text", "mine_text")
        item.conflicts[name] = {
            "res_model": record._name,
            "res_id": record.id,
            "field": name,
            "takes_source": then is not None,
            "then_value": pack(then[0]) if then else None,
            "theirs_value": pack(theirs),
            "mine_value": pack(mine),
            **{
                name: str(text or "")[:LONGEST]
                for name, text in zip(names, texts, strict=True)
            },
        }

    def _record_disputes(self, batch):
        """Write the conflicts of a batch down, and settle those that are none any more."""
        conflicts = self.env["crm.migration.conflict"]
        compares = self.env.context.get(COMPARES)
        over, returned, rows = [], [], []
        for item in batch.items:
            if item.outcome == "failed":
                continue
            if item.failure == "gone_in_odoo":
                over += [row["id"] for row in item.disputed.values()]
                continue
            if item.is_compared:
                returned += item.returned if compares else ()
                over += [
                    row["id"]
                    for name, row in item.disputed.items()
                    if name not in item.conflicts
                    and not (compares and row["id"] in item.returned)
                    and self._is_over(row)
                ]
            rows += [
                {
                    "job_id": batch.job.id,
                    "run_id": batch.run.id or None,
                    "record_id": item.row["id"],
                    "stream": item.key[0],
                    "source_id": item.key[1],
                    "part": item.part,
                    **conflict,
                }
                for conflict in item.conflicts.values()
            ]
        applied = [
            row["id"]
            for item in batch.items
            for name, row in item.disputed.items()
            if name in item.decided or row["decision"] == "odoo"
        ]
        conflicts._settle(batch.run, over, applied)
        conflicts._let_stand(returned)
        conflicts._note(rows)

    def _is_over(self, row):
        """Tell whether what was not met again is settled by that.

        What no load can write is met once, when the source changes it.
        """
        if row["takes_source"]:
            return True
        return bool(row["decision"]) and not self.env.context.get(COMPARES)

    # -- beforehand --------------------------------------------------------------

    def _compare_changes(self, run, mapping, rows):
        """Find out which fields a load of these rows would meet changed on both sides."""
        loader, batch = self._begin(run, mapping, rows)
        loader = loader.with_context(**{COMPARES: True})
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.env.cr.savepoint() as savepoint:
            loader._classify(batch)
            loader._collect(batch)
            items = batch.with_outcome("update")
            left = loader._left_by(batch.model, items)
            ids = [item.res_id for item in items]
            before_us = loader._created_before(batch, ids)
            for item in items:
                item.is_own = (
                    item.rollback_action == "delete" or item.res_id in before_us
                )
                item.is_touched = loader._is_touched(item, left)
                loader._compare_one(batch, item, ids)
            savepoint.rollback()
        for_reader(loader)._record_disputes(batch)

    def _compare_one(self, batch, item, ids):
        """Meet what a load would meet; a record that it would refuse is told by the load.

        :param ids: of all that are compared, to be fetched together
        """
        record = batch.model.browse(item.res_id).with_prefetch(ids)
        try:
            wanted = self._changed_by_source(batch, item, record)
            wanted = self._with_disputed(batch, item, wanted)
            for _each in self._free_to_write(batch, item, record, wanted):
                pass
        except UNUSABLE:
            return
        item.is_compared = True
