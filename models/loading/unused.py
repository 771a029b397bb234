"""What a load created for lists, and nobody refers to: tags, stages, teams, reasons."""

from collections import Counter, defaultdict

from odoo import SUPERUSER_ID, models
from odoo.tools import SQL, mute_logger

from ..staging.crm_migration_record_wiped import CLEANED_UP
from ..staging.wanted import Wanted, fold_blanks
from .bisect import REFUSALS
from .helpers import HELPER
from .usage import MARGIN, as_array


class CrmMigrationLoadingUnused(models.AbstractModel):
    """Asked column by column, never record by record; record rules do not narrow it."""

    _name = "crm.migration.loading.unused"
    _description = "Migration: Loading Unused"
    _inherit = ["crm.migration.loading.referrers"]

    def _find_unused(self, job, chosen=None, wanted=None):
        """Return what of the lists this migration created, and which of it is in use.

        :param chosen: models whose entries go, None for all; what stays keeps what it
            refers to
        :param wanted: ``Wanted`` of the job, where it has been made already
        :return: model → (ids that nothing refers to, id → why the others stay)
        """
        created = self._list_created(job)
        if chosen is not None:
            created = {name: ids for name, ids in created.items() if name in chosen}
        wanted = wanted or Wanted(self.env, job)
        reasons = {
            name: {
                **self._why_to_come(job, name, ids, wanted),
                **self._why_configured(name, ids),
                **self._why_known(job, name, ids),
                **self._why_theirs(job, name, ids),
            }
            for name, ids in created.items()
        }
        while True:
            # What goes refers to nothing any more: a stage to its team, both unused.
            going = {n: ids - set(reasons[n]) for n, ids in created.items()}
            used = {n: self._why_referred(n, going[n], going) for n in going}
            if not any(used.values()):
                return {n: (going[n], reasons[n]) for n in created}
            for name, why in used.items():
                reasons[name] |= why

    def _list_created(self, job):
        """Return model → ids of the entries of lists that the migration created."""
        rows = self._fetch_created(job)
        created = defaultdict(set)
        for name, res_id in rows:
            if name in self.env and self._is_listed(job, name):
                created[name].add(res_id)
        return {
            name: there
            for name, ids in sorted(created.items())
            if (there := self._existing(self.env[name].sudo(), ids))
        }

    def _fetch_created(self, job):
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT res_model, res_id FROM crm_migration_id_map
                 WHERE job_id = %(job)s AND outcome = 'created'
                   AND rollback_action = 'delete'
                   AND (stream = %(helper)s OR res_model = ANY(%(models)s))
                 UNION
                SELECT split_part(created_ref, ',', 1), split_part(created_ref, ',', 2)::int
                  FROM crm_migration_value_map
                 WHERE job_id = %(job)s AND is_created AND created_ref IS NOT NULL
                """,
                job=job.id,
                helper=HELPER,
                models=self._list_lists(),
            )
        )

    def _list_lists(self):
        """Return the models of which a load takes the entry that has the name already."""
        targets = self.env["crm.migration.target"]._list_here()
        return [t._model for t in targets if t._model and hasattr(t, "_find_entries")]

    def _is_listed(self, job, name):
        """Tell whether entries of a model may go: people and companies never do."""
        return name not in ("res.users", "res.partner", "res.company")

    # -- why they stay -------------------------------------------------------------

    def _why_theirs(self, job, name, ids):
        """Return id → reason of entries that somebody has changed since they were made."""
        model = self.env[name]
        if not model._log_access:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT record.id FROM %(table)s AS record
                  LEFT JOIN (SELECT res_id, max(watermark) AS watermark
                               FROM crm_migration_id_map
                              WHERE job_id = %(job)s AND res_model = %(name)s
                                AND outcome = 'created' GROUP BY res_id) AS map
                    ON map.res_id = record.id
                 WHERE record.id = ANY(%(ids)s::int[])
                   AND (record.write_date > COALESCE(map.watermark, record.create_date)
                                            + %(margin)s::interval
                        OR record.write_date < map.watermark - %(margin)s::interval
                        OR map.res_id IS NULL AND record.write_uid <> %(loader)s)
                """,
                table=SQL.identifier(model._table),
                job=job.id,
                name=name,
                ids=as_array(ids),
                margin=MARGIN,
                loader=SUPERUSER_ID,
            )
        )
        return dict.fromkeys(
            [row[0] for row in rows], self.env._("somebody has changed it")
        )

    def _why_known(self, job, name, ids):
        """Return id → reason of entries that a migration counts on, this or another one."""
        refs = {f"{name},{res_id}": res_id for res_id in ids}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT map.res_id, other.name FROM crm_migration_id_map AS map
                  JOIN crm_migration_job AS other ON other.id = map.job_id
                 WHERE map.res_model = %(name)s AND map.res_id = ANY(%(ids)s::int[])
                   AND map.job_id <> %(job)s
                UNION ALL
                SELECT split_part(ref, ',', 2)::int, other.name
                  FROM crm_migration_value_map AS value
                  JOIN crm_migration_job AS other ON other.id = value.job_id
                 CROSS JOIN unnest(ARRAY[value.target_ref, value.created_ref,
                                         value.loaded_ref]) AS ref
                 WHERE ref = ANY(%(refs)s)
                   -- Of its own a value that a person has led to this entry.
                   AND (value.job_id <> %(job)s OR (ref = value.target_ref
                        AND ref IS DISTINCT FROM value.created_ref
                        AND ref IS DISTINCT FROM value.loaded_ref))
                """,
                name=name,
                ids=as_array(ids),
                refs=list(refs),
                job=job.id,
            )
        )
        text = self.env._("the migration “%s” counts on it")
        return {res_id: text % label for res_id, label in rows}

    def _why_to_come(self, job, name, ids, wanted):
        """Return id → reason of entries that records name which are still to be loaded."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT map.stream, map.source_id, record.name, map.res_id
                  FROM crm_migration_id_map AS map
                  LEFT JOIN crm_migration_record AS record
                    ON record.job_id = map.job_id AND record.stream = map.stream
                   AND record.source_id = map.source_id
                 WHERE map.job_id = %s AND map.res_model = %s
                   AND map.res_id = ANY(%s::int[])
                """,
                job.id,
                name,
                as_array(ids),
            )
        )
        named = wanted.find_records({row[0] for row in rows})
        found = {
            res_id
            for stream, source_id, label, res_id in rows
            if {(stream, source_id), (stream, fold_blanks(label))} & named
        }
        for row in job.value_map_ids:
            for ref in {row.created_ref, row.loaded_ref} - {False}:
                model, res_id = ref.split(",")
                key = (row.list, row.key, row.scope or "")
                if model == name and key in wanted.values:
                    found.add(int(res_id))
        why = self.env._("a record that is still to be loaded names it")
        return dict.fromkeys(found & ids, why)

    # -- what goes -----------------------------------------------------------------

    def _remove_unused(self, job, name, ids):
        """Delete entries without a word to anybody; return id → why Odoo keeps it.

        :param ids: of entries that ``_find_unused`` has just found
        """
        special = self._for(name)._without_side_effects(job)
        refused = {}
        with mute_logger("odoo.sql_db"):
            special._remove_some(special.env[name].browse(sorted(ids)), refused)
        self._forget_removed(job, name, ids - set(refused))
        return refused

    def _remove_some(self, records, refused):
        if not records:
            return
        try:
            with self.env.cr.savepoint():
                self._unlink_for_good(records)
                self.env.flush_all()
        except REFUSALS as error:
            if len(records) == 1:
                refused[records.id] = str(error).split("\n")[0]
                return
            middle = len(records) // 2
            self._remove_some(records[:middle], refused)
            self._remove_some(records[middle:], refused)

    def _forget_removed(self, job, name, ids):
        """Say of what they came from that it was taken out again, and why.

        The sums still add up: it counts as skipped. It comes back by itself once a record
        that is to be loaded names it.
        """
        if not ids:
            return
        self.env.flush_all()
        why = self.env._("Removed by Clean Up: nothing referred to it.")
        self.env.cr.execute(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM crm_migration_id_map
                     WHERE job_id = %(job)s AND res_model = %(name)s
                       AND res_id = ANY(%(ids)s::int[])
                    RETURNING id, stream, source_id)
                UPDATE crm_migration_record AS record
                   SET state = 'skipped', skip_reason = %(why)s, problem = %(code)s,
                       res_model = NULL, res_id = NULL
                  FROM gone
                  JOIN crm_migration_stream AS stream
                    ON stream.job_id = %(job)s AND stream.name = gone.stream
                 WHERE record.stream_id = stream.id
                   AND record.source_id = gone.source_id AND record.state = 'loaded'
                   AND NOT EXISTS (
                       SELECT FROM crm_migration_id_map AS other
                        WHERE other.job_id = %(job)s AND other.stream = gone.stream
                          AND other.source_id = gone.source_id
                          AND other.id NOT IN (SELECT id FROM gone))
                RETURNING record.stream_id
                """,
                job=job.id,
                name=name,
                ids=as_array(ids),
                why=why,
                code=CLEANED_UP,
            )
        )
        job._note_cleaned_up(Counter(row[0] for row in self.env.cr.fetchall()))
        self.env.flush_all()
        refs = [f"{name},{res_id}" for res_id in ids]
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_migration_value_map AS value
                   SET is_cleaned_up = TRUE, is_created = FALSE, created_ref = NULL,
                       loaded_ref = NULL, is_reactivated = FALSE,
                       -- What was decided is decided again, as after a rollback.
                       decision = CASE WHEN target_ref = ANY(%(refs)s) THEN 'create'
                                       ELSE decision END,
                       target_ref = CASE WHEN target_ref = ANY(%(refs)s) THEN NULL
                                         ELSE target_ref END
                 WHERE job_id = %(job)s AND (created_ref = ANY(%(refs)s)
                       OR loaded_ref = ANY(%(refs)s) OR target_ref = ANY(%(refs)s))
                """,
                job=job.id,
                refs=refs,
            )
        )
        self.env.invalidate_all(flush=False)

    def _bring_back_cleaned(self, job):
        """Load again what was cleaned up and a record that is to be loaded names."""
        self.env.flush_all()
        waiting = self.env.execute_query(
            SQL(
                "SELECT id, stream, source_id, name FROM crm_migration_record"
                " WHERE job_id = %s AND state = 'skipped' AND problem = %s"
                " AND values IS NOT NULL",
                job.id,
                CLEANED_UP,
            )
        )
        if not waiting:
            return
        named = Wanted(self.env, job).find_records({row[1] for row in waiting})
        ids = [
            record_id
            for record_id, stream, source_id, label in waiting
            if {(stream, source_id), (stream, fold_blanks(label))} & named
        ]
        self.env.cr.execute(
            "UPDATE crm_migration_record"
            "   SET state = 'ready', problem = NULL, skip_reason = NULL WHERE id = ANY(%s)",
            [ids],
        )
        self.env["crm.migration.record"].invalidate_model()
