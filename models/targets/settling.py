"""What needs everything in place: an invoice is posted with its lines and its customer."""

from odoo import models


class CrmMigrationTargetSettling(models.AbstractModel):
    """A target with ``_settles`` is given its records again behind all links.

    What cannot be settled stays as it was created (a draft), with a message.
    """

    _name = "crm.migration.target.settling"
    _description = "Migration: Settling Targets"

    def _settle_all(self, run, mapping, rows):
        """Settle the records of rows that this migration created; what fails is told.

        :param rows: as of a load, each with the id of its record
        :return: staging ids of what waits for something: the next load tries it again
        """
        target, batch = self._begin(run, mapping, rows)
        target._collect(batch)
        batch.later = set()
        for item in batch.items:
            target._prepare(batch, item)
            item.problems.clear()  # they were told by the load
        left = target._left_by(batch.model, batch.items)
        target._attempt(batch, batch.items, target._settle_together)
        target._keep_traces(batch, left)
        target._count_tables()
        for item in batch.items:
            if item.outcome == "failed":
                target._report_unsettled(item)
        problems = [problem for item in batch.items for problem in item.problems]
        target._name_concerned(batch, problems)
        target.env["crm.migration.message"]._report(batch.run, problems)
        return {item.row["id"] for item in batch.items if item.waits}

    def _settle_together(self, batch, items):
        self._settle(batch, items)

    def _settle(self, batch, items):
        """Bring records into their final state, of which ``create`` only makes drafts.

        Runs within a savepoint, for all of a batch or for one whose batch was refused.

        :raises UserError: as Odoo does; the record stays as it is
        :raises Refused: it must stay as it is, for a reason that has a name
        """

    def _keep_extras(self, batch, made):
        """Note what settling has created, for a rollback to find it.

        :param made: item → model → ids
        """
        if not made:
            return
        rows = [(*item.key, self._as_json(extras)) for item, extras in made.items()]
        self.env.cr.execute_values(
            self.env.cr.mogrify(
                "UPDATE crm_migration_id_map AS map"
                "   SET extras = COALESCE(map.extras, '{}') || new.extras::jsonb"
                "  FROM (VALUES %%s) AS new (stream, source_id, extras)"
                " WHERE map.job_id = %s AND map.part = %s"
                "   AND map.stream = new.stream AND map.source_id = new.source_id",
                [batch.job.id, batch.mapping.part or ""],
            ).decode(),
            rows,
        )
        self.env["crm.migration.id.map"].invalidate_model(["extras"])

    def _keep_traces(self, batch, left):
        """Settling is not work that somebody did: who changed it last stays the same."""
        self.env.flush_all()
        rows = [(res_id, None, date, None, uid) for res_id, (date, uid) in left.items()]
        self._write_audit_columns(batch.model, rows)
        batch.model.invalidate_model(["write_date", "write_uid"])

    def _report_unsettled(self, item):
        """Say that the record is there, but not in the state that the source says."""
        for problem in item.problems:
            if problem["code"] == "refused":
                problem |= {"code": "not_settled", "severity": "warning"}
