"""Take back what a migration did, except what people have worked on since."""

from collections import Counter

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .bisect import REFUSALS
from .usage import as_array, is_worked_on, split_by

KEPT = (
    *("kept_changed", "kept_used", "kept_refused", "kept_by_migration"),
    "kept_history",
)


def takes_changed(run):
    """Tell whether a rollback takes back as well what people have worked on since."""
    return bool((run.parameters or {}).get("changed"))


class CrmMigrationLoadingRollBack(models.AbstractModel):
    _name = "crm.migration.loading.roll.back"
    _description = "Migration: Loading Roll Back"

    def _roll_back(self, run, maps):
        """Undo a batch of links: delete what was created, restore what was changed.

        :param maps: rows of the id map; those of one model go together
        :return: Counter of deleted, restored and kept
        """
        self.env.flush_all()
        loader = self._without_side_effects(run.job_id)
        run, maps = run.with_env(loader.env), maps.with_env(loader.env)
        counter = Counter()
        with mute_logger("odoo.sql_db"):
            for model_name, group in split_by(maps, "res_model").items():
                special = loader._for(model_name)
                counter += special._unload_model(run, model_name, group)
        return counter

    def _unload_model(self, run, model_name, maps):
        if model_name not in self.env:
            return Counter(kept=len(maps))
        model = self.env[model_name].with_context(active_test=False)
        there = self._existing(model, maps.mapped("res_id"))
        by_action = split_by(maps, "rollback_action")
        restoring = by_action.get("restore", maps.browse())
        deleting = by_action.get("delete", maps.browse())
        found = maps - deleting - restoring
        staying = deleting & maps.browse(self._kept_before(run))
        deleting -= staying
        reasons = self._why_kept(run, model, deleting, there)
        doomed = deleting - maps.browse(reasons)
        going = dict(zip(doomed.ids, doomed.mapped("res_id"), strict=True))
        reasons |= self._delete(model, doomed, there)
        kept = deleting & maps.browse(reasons)
        # What was put onto a record that has just gone went with it.
        there -= {res_id for map_id, res_id in going.items() if map_id not in reasons}
        for map_ in restoring.filtered(lambda map_: map_.res_id in there):
            self._restore(run, model, map_)
        self._restore_decided(run, model, (kept | staying), there)
        self._delete_extras(restoring | found)
        counter = Counter(
            deleted=len(deleting - kept),
            restored=len(restoring),
            kept=len(kept + staying + found),
        )
        self._report_kept(run, kept, reasons)
        self._forget(maps - kept - staying)
        return counter

    # -- what stays ------------------------------------------------------------

    def _why_kept(self, run, model, maps, there):
        """Return map id → (code, data) of the records that people have worked on."""
        reasons = {}
        alive = self._get_alive(maps, there)
        if not alive:
            return reasons
        for map_id in () if takes_changed(run) else self._changed_since(model, alive):
            reasons[map_id] = ("kept_changed", {})
        for map_id, name in self._known_elsewhere(run, alive):
            reasons.setdefault(map_id, ("kept_by_migration", {"job": name}))
        before = self._kept_before(run)
        while True:
            # What is kept keeps what it refers to, among these records as well.
            going = alive - maps.browse(reasons)
            ids = going.mapped("res_id")
            used = ids and self._used_by_others(run, model, ids, {*before, *reasons})
            if not used:
                return reasons
            for map_ in going.filtered(lambda map_, used=used: map_.res_id in used):
                label = self.env["ir.model"]._get(used[map_.res_id]).name
                reasons[map_.id] = ("kept_used", {"model": label})

    def _get_alive(self, maps, there):
        """Return the links whose record is among those that are there."""
        pairs = zip(maps.ids, maps.mapped("res_id"), strict=True)
        return maps.browse(map_id for map_id, res_id in pairs if res_id in there)

    def _known_elsewhere(self, run, maps):
        """Return (link id, migration) of records that another migration counts on.

        Where there is no other, PostgreSQL looks at no link.
        """
        self.env.cr.execute(
            """
            SELECT DISTINCT ON (map.id) map.id, job.name
              FROM crm_migration_id_map AS map
              JOIN crm_migration_id_map AS other
                ON other.res_model = map.res_model AND other.res_id = map.res_id
               AND other.job_id <> map.job_id
              JOIN crm_migration_job AS job ON job.id = other.job_id
             WHERE map.id = ANY(%s::int[])
               AND EXISTS (SELECT FROM crm_migration_job WHERE id <> %s)
             ORDER BY map.id, job.id DESC
            """,
            [as_array(maps.ids), run.job_id.id],
        )
        return self.env.cr.fetchall()

    def _kept_before(self, run):
        """Return the ids of the links that this rollback has kept so far."""
        self.env.cr.execute(
            """
            SELECT map.id FROM crm_migration_message AS message
              JOIN crm_migration_id_map AS map
                ON map.job_id = message.job_id AND map.stream = message.stream
               AND map.source_id = message.source_id
             WHERE message.run_id = %s AND message.code IN %s
            """,
            [run.id, KEPT],
        )
        return {map_id for (map_id,) in self.env.cr.fetchall()}

    def _changed_since(self, model, maps):
        """Return the ids of links whose record was written after the load left it."""
        if not model._log_access:
            return set()
        self.env.cr.execute(
            f"""
            SELECT map.id FROM crm_migration_id_map AS map
              JOIN "{model._table}" AS record ON record.id = map.res_id
             WHERE map.id = ANY(%s::int[])
               AND {is_worked_on("record")}
            """,
            [as_array(maps.ids)],
        )
        return {map_id for (map_id,) in self.env.cr.fetchall()}

    # -- what goes -------------------------------------------------------------

    def _delete(self, model, maps, there):
        """Delete the records; return map id → reason for those Odoo does not let go."""
        alive, reasons = self._get_alive(maps, there), {}
        self._delete_some(model, alive, reasons)
        # Gone with what it hung on; what it left elsewhere is still there.
        self._delete_extras(maps - alive)
        return reasons

    def _delete_some(self, model, maps, reasons):
        if not maps:
            return
        try:
            with self.env.cr.savepoint():
                self._delete_extras(maps)
                self._unlink_for_good(model.browse(maps.mapped("res_id")))
                self.env.flush_all()
        except REFUSALS as error:
            if len(maps) == 1:
                reasons[maps.id] = (
                    "kept_refused",
                    {"reason": str(error).split("\n")[0]},
                )
                return
            middle = len(maps) // 2
            self._delete_some(model, maps[:middle], reasons)
            self._delete_some(model, maps[middle:], reasons)

    def _unlink_for_good(self, records):
        """Delete the records.

        :raises UserError: some are still there: their model archives what it is to delete
        """
        self._unlink(records)
        if self._existing(records, records.ids):
            raise UserError(self.env._("it archives what is to be deleted."))

    def _unlink(self, records):
        records.unlink()

    def _delete_extras(self, maps):
        """Delete what else was created for the records."""
        for name, ids in self._list_extras(maps).items():
            self.env[name].browse(ids).exists().unlink()

    def _list_extras(self, maps):
        """Return model → ids of what else goes: all but what another migration has."""
        ids, maps = {}, maps.filtered("extras")
        shared = self._find_shared(maps) if maps else set()
        for map_ in maps:
            for name, found in map_.extras.items():
                own = [each for each in found if (name, each) not in shared]
                ids.setdefault(name, []).extend(own)
        return ids

    def _find_shared(self, maps):
        """Return (model, id) of extras that other migrations have of the same records.

        A migration that knows a record by an earlier one takes over what that one left.
        """
        self.env.cr.execute(
            """
            SELECT DISTINCT each.key, entry.value::int
              FROM crm_migration_id_map AS map
              JOIN crm_migration_id_map AS other
                ON other.res_model = map.res_model AND other.res_id = map.res_id
               AND other.job_id <> map.job_id
              CROSS JOIN LATERAL jsonb_each(other.extras) AS each
              CROSS JOIN LATERAL jsonb_array_elements_text(each.value) AS entry
             WHERE map.id = ANY(%s::int[]) AND map.extras IS NOT NULL
               AND jsonb_typeof(other.extras) = 'object'
            """,
            [as_array(maps.ids)],
        )
        return set(self.env.cr.fetchall())

    # -- afterwards ------------------------------------------------------------

    def _report_kept(self, run, maps, reasons):
        for map_ in maps:
            code, data = reasons[map_.id]
            severity = "info" if code == "kept_history" else "warning"
            self._report_one(run, map_, code, severity, **data)

    def _report_one(self, run, map_, code, severity, field=None, **data):
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": code,
                    "severity": severity,
                    "stream": map_.stream,
                    "source_id": map_.source_id,
                    "field": field,
                    "data": data,
                }
            ],
        )

    def _forget(self, maps):
        """Let the rows be loaded again: they are what they were before the load."""
        if not maps:
            return
        self.env.cr.execute(
            """
            WITH gone AS (
                DELETE FROM crm_migration_id_map WHERE id = ANY(%s::int[])
                RETURNING job_id, stream, source_id)
            UPDATE crm_migration_record AS record
               SET state = 'ready', res_model = NULL, res_id = NULL,
                   -- Read again, it comes back, though the source has not changed it.
                   payload_hash = CASE WHEN record.is_wiped THEN NULL
                                       ELSE record.payload_hash END
              FROM gone
              -- By the key of its index, which begins with the object.
              JOIN crm_migration_stream AS stream
                ON stream.job_id = gone.job_id AND stream.name = gone.stream
             WHERE record.stream_id = stream.id AND record.source_id = gone.source_id
               AND record.state IN ('loaded', 'failed')
            """,
            [as_array(maps.ids)],
        )
        self.env["crm.migration.id.map"].invalidate_model(flush=False)
        self.env["crm.migration.record"].invalidate_model(flush=False)
