"""Records that have vanished from the source: archive them in Odoo, never delete."""

from odoo import fields, models
from odoo.tools import mute_logger

from .bisect import REFUSALS


class CrmMigrationLoadingArchive(models.AbstractModel):
    """Only what nobody else needs is archived, and it can be taken back."""

    _name = "crm.migration.loading.archive"
    _description = "Migration: Loading Archive"
    _archivable = True
    """False where an archived record would mean something else, or is others' as well."""

    def _archive(self, run, maps, explicit):
        """Archive the records of vanished rows; say why where one stays.

        :param maps: rows of the id map, all of one model
        :param explicit: ids of those of which a person chose it
        """
        if not maps:
            return
        self.env.flush_all()
        loader = self._without_side_effects(run.job_id)
        run, maps = run.with_env(loader.env), maps.with_env(loader.env)
        model = loader.env[maps[0].res_model].with_context(active_test=False)
        if not loader._archivable or "active" not in model._fields:
            loader._report_unarchivable(run, model, maps)
            return
        there = loader._existing(model, maps.mapped("res_id"))
        maps = maps.filtered(lambda map_: map_.res_id in there)
        reasons = loader._why_active(model, maps, explicit)
        doomed = maps.filtered(
            lambda map_: (
                map_.id not in reasons and model.browse(map_.res_id)[model._active_name]
            )
        )
        with mute_logger("odoo.sql_db"):
            loader._switch_some(run, model, doomed, False, reasons)
        loader._report_active(run, maps, reasons)

    def _bring_back(self, run, maps):
        """Let what was archived be active again, unless a person has had a hand in it."""
        if not maps:
            return
        self.env.flush_all()
        loader = self._without_side_effects(run.job_id)
        run, maps = run.with_env(loader.env), maps.with_env(loader.env)
        model = loader.env[maps[0].res_model].with_context(active_test=False)
        there = loader._existing(model, maps.mapped("res_id"))
        maps = maps.filtered(lambda map_: map_.res_id in there)
        asleep = maps.filtered(
            lambda map_: not model.browse(map_.res_id)[model._active_name]
        )
        maps.filtered(lambda map_: map_ not in asleep).archived_at = False
        reasons = {}
        with mute_logger("odoo.sql_db"):
            loader._switch_some(run, model, asleep, True, reasons)
        loader._report_active(run, maps, reasons)

    # -- what stays --------------------------------------------------------------

    def _why_active(self, model, maps, explicit):
        """Return map id → (code, data) of the records that stay as they are."""
        reasons = {}
        for map_id in self._needed_by_others(maps):
            reasons[map_id] = ("vanished_shared", {})
        by_policy = maps.filtered(lambda map_: map_.id not in explicit)
        for map_ in by_policy.filtered(lambda map_: map_.outcome != "created"):
            reasons.setdefault(map_.id, ("vanished_yours", {}))
        if by_policy:
            for map_id in self._changed_since(model, by_policy):
                reasons.setdefault(map_id, ("vanished_changed", {}))
        return reasons

    def _needed_by_others(self, maps):
        """Return the ids of links whose record stands for a living row as well."""
        self.env.cr.execute(
            """
            SELECT map.id FROM crm_migration_id_map AS map
              JOIN crm_migration_id_map AS other
                ON other.res_model = map.res_model AND other.res_id = map.res_id
               AND other.id <> map.id
              JOIN crm_migration_record AS record
                ON record.job_id = other.job_id AND record.stream = other.stream
               AND record.source_id = other.source_id
             WHERE map.id = ANY(%s) AND record.vanished_at IS NULL
               -- What an earlier migration of the same system knows is the same row.
               AND (other.stream, other.source_id) <> (map.stream, map.source_id)
            """,
            [maps.ids],
        )
        return {map_id for (map_id,) in self.env.cr.fetchall()}

    # -- switch ------------------------------------------------------------------

    def _switch_some(self, run, model, maps, active, reasons):
        """Switch all; divide what is refused until the one that Odoo keeps is alone."""
        if not maps:
            return
        try:
            with self.env.cr.savepoint():
                self._switch(run, model, maps, active)
                self.env.flush_all()
        except REFUSALS as error:
            if len(maps) == 1:
                reason = str(error).split("\n")[0]
                reasons[maps.id] = ("vanished_refused", {"reason": reason})
                return
            middle = len(maps) // 2
            self._switch_some(run, model, maps[:middle], active, reasons)
            self._switch_some(run, model, maps[middle:], active, reasons)

    def _switch(self, run, model, maps, active):
        """Change nothing but that: dates and authors stay the source's."""
        ids = maps.mapped("res_id")
        self.env.cr.execute(
            f'SELECT id, write_date, write_uid FROM "{model._table}" WHERE id = ANY(%s)',
            [ids],
        )
        left = self.env.cr.fetchall()
        self._write_active(model.browse(ids), active)
        self.env.flush_all()
        self._write_audit_columns(
            model, [(i, None, date, None, uid) for i, date, uid in left]
        )
        foreign = maps.filtered(lambda map_: map_.rollback_action != "delete")
        name = model._active_name
        self._journal_switch(run, foreign, {name: not active}, {name: active})
        maps.write({"archived_at": not active and fields.Datetime.now()})
        if foreign and not active:
            foreign.write({"rollback_action": "restore"})

    def _write_active(self, records, active):
        records.write({records._active_name: active})

    def _journal_switch(self, run, maps, before, after):
        self.env["crm.migration.journal"].create(
            [
                {
                    "job_id": run.job_id.id,
                    "run_id": run.id,
                    "res_model": map_.res_model,
                    "res_id": map_.res_id,
                    "before": before,
                    "after": after,
                    "written_at": fields.Datetime.now(),
                }
                for map_ in maps
            ]
        )

    # -- words -------------------------------------------------------------------

    def _report_unarchivable(self, run, model, maps):
        label = self.env["ir.model"]._get(model._name).name
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": "vanished_unarchivable",
                    "severity": "info",
                    "stream": stream,
                    "data": {"count": len(group), "model": label},
                }
                for stream, group in maps.grouped("stream").items()
            ],
        )

    def _report_active(self, run, maps, reasons):
        for map_ in maps.filtered(lambda map_: map_.id in reasons):
            code, data = reasons[map_.id]
            self._report_one(run, map_, code, "warning", **data)
