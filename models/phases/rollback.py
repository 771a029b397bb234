"""Take a load back: newest first, what people have since worked on is kept."""

from odoo import models

from ..loading.bisect import REFUSALS
from ..loading.helpers import HELPER

CHUNK = 2000
LINK = ("stream", "source_id", "res_model", "res_id", "rollback_action", "extras")
"""What is looked at of each link; the values that were loaded are many times as much."""
COMMIT_SECONDS = 0.5
"""Odoo has columns without an index that refer to contacts. PostgreSQL looks at all rows
of theirs for each contact, those that went as well until their going is committed."""
DECIDE, TAKE = "decide", "take"
"""Steps: what stays is known before anything goes."""


class CrmMigrationPhaseRollback(models.AbstractModel):
    """Decide what stays, then walk the id map backwards.

    ``run.parameters`` may narrow it (``run_id``, ``stream``, ``ids``) or widen it
    (``changed``: also what people have worked on since).
    """

    _name = "crm.migration.phase.rollback"
    _description = "Migration Phase: Roll Back"
    _inherit = ["crm.migration.phase"]

    _tables = ("crm_migration_id_map",)

    def _get_domain(self, run):
        wanted = run.parameters or {}
        domain = [("job_id", "=", run.job_id.id)]
        if wanted.get("run_id"):
            domain.append(("run_id", "=", wanted["run_id"]))
        if wanted.get("stream"):
            domain.append(("stream", "=", wanted["stream"]))
        if wanted.get("ids"):
            domain.append(("id", "in", wanted["ids"]))
        return domain

    def _start(self, run):
        if self._is_whole(run):
            # First: they refer to stages, types and users that are about to go.
            run.job_id.automation_ids._remove_drafts(run)
        run.total = self.env["crm.migration.id.map"].search_count(self._get_domain(run))

    def _work_stretch(self, run, plan):
        step, below = self._get_place(run)
        maps = self._get_next(run, step, below)
        if not maps and step == TAKE:
            return True
        if not maps:
            run.checkpoint = {"step": TAKE}
            return None
        lowest, count = maps[-1].id, len(maps)
        if step == DECIDE:
            self.env["crm.migration.target"]._decide(run, maps)
        else:
            for group in self._list_neighbors(maps):
                loader = self.env["crm.migration.target"]._for(group[0].res_model)
                loader._roll_back(run, group)
            run.done += count
        run.checkpoint = {"step": step, "below": lowest}
        return None

    def _get_end(self, seconds=COMMIT_SECONDS):
        return super()._get_end(seconds)

    def _is_whole(self, run):
        return not set(run.parameters or ()) - {"changed"}

    def _get_place(self, run):
        """Return the step at work and the link below which it goes on."""
        place = run.checkpoint or {"step": DECIDE}
        if isinstance(place, int):  # of a version that decided as it went
            return TAKE, place
        return place["step"], place.get("below")

    def _get_next(self, run, step, below):
        domain = self._get_domain(run)
        if step == DECIDE:
            history = self.env["crm.migration.target"]._list_history()
            domain.append(("res_model", "not in", list(history)))
        if below:
            domain.append(("id", "<", below))
        return self.env["crm.migration.id.map"].search_fetch(
            domain, LINK, order="id desc", limit=CHUNK
        )

    def _list_neighbors(self, maps):
        """Return the links in their order, neighbors of one model together.

        Not all of a model at once: what was loaded in between may refer to it.
        """
        groups, before = [], None
        for map_id, name in zip(maps.ids, maps.mapped("res_model"), strict=True):
            if name != before:
                groups.append([])
                before = name
            groups[-1].append(map_id)
        return [maps.browse(ids) for ids in groups]

    def _finish(self, run):
        self._release(run.job_id)
        if self._is_whole(run):
            self.env["crm.migration.sample.draw"]._unmark(run.job_id)
            self._remove_prepared(run.job_id, run)
            self._forget_gone(run)
            run.job_id._take_inventory()
        run.job_id._forget_findings(run)
        run.job_id._withdraw_sums(run)
        run.job_id._reconcile(run)

    def _forget_gone(self, run):
        """Forget helpers that were kept at first, and have gone with their user since."""
        helpers = self.env["crm.migration.id.map"].search(
            [("job_id", "=", run.job_id.id), ("stream", "=", HELPER)]
        )
        gone = helpers.browse()
        for name, group in helpers.grouped("res_model").items():
            if name in self.env:
                model = self.env[name].with_context(active_test=False)
                there = set(model.browse(group.mapped("res_id")).exists().ids)
                gone |= group.filtered(lambda one, there=there: one.res_id not in there)
        self.env["crm.migration.message"].search(
            [
                ("run_id", "=", run.id),
                ("stream", "=", HELPER),
                ("source_id", "in", gone.mapped("source_id")),
            ]
        ).unlink()
        gone.unlink()

    def _release(self, job):
        """What is not in Odoo any more can be loaded again."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE crm_migration_record AS record
               SET state = 'ready', res_model = NULL, res_id = NULL,
                   -- Read again, it comes back, though the source has not changed it.
                   payload_hash = CASE WHEN is_wiped THEN NULL ELSE payload_hash END
             WHERE record.job_id = %s AND record.state = 'loaded'
               AND NOT EXISTS (
                   SELECT FROM crm_migration_id_map AS map
                    WHERE map.job_id = record.job_id AND map.stream = record.stream
                      AND map.source_id = record.source_id)
            """,
            [job.id],
        )
        self.env["crm.migration.record"].invalidate_model()

    def _remove_prepared(self, job, run=None):
        """Remove list values and fields that were made for this load and are unused."""
        for row in job.value_map_ids.filtered("is_created"):
            self._remove_value(job, row)
        for row in job.value_map_ids.filtered("further_refs"):
            self._remove_further(job, row)
        self._archive_again(job)
        self._remove_users(job)
        job._remove_created_fields(run)

    def _remove_value(self, job, row):
        """Take away what was created for a value; what was decided is decided again.

        A person may have chosen another record since: that one was there before.
        """
        chosen = row.target_ref and f"{row.target_ref._name},{row.target_ref.id}"
        created = row.created_ref or chosen
        if created:
            name, res_id = created.split(",")
            target = self.env[name].browse(int(res_id)).exists()
            if target and (
                self._is_used(target, {}) or not self._take_away(job, target, {})
            ):
                return
        vals = {"is_created": False, "created_ref": False}
        if chosen in (created, False, None):
            vals |= {"target_ref": False, "decision": "create"}
        row.write(vals)

    def _remove_further(self, job, row):
        """Take away what was created on the way to values, the last one made first."""
        left = []
        for ref in reversed(row.further_refs):
            name, res_id = ref.split(",")
            record = self.env[name].browse(int(res_id)).exists()
            if record and (
                self._is_used(record, {}) or not self._take_away(job, record, {})
            ):
                left.insert(0, ref)
        row.further_refs = left or False

    def _archive_again(self, job):
        """Archive what was reactivated for this load, unless somebody did so already."""
        loader = self.env["crm.migration.target"]._without_side_effects(job)
        for row in job.value_map_ids.filtered("is_reactivated"):
            target = row.target_ref and row.target_ref.exists()
            if target:
                target = target.with_env(loader.env)
                target.write({target._active_name: False})
            row.is_reactivated = False
        loader.env.flush_all()

    def _remove_users(self, job):
        """Remove the placeholders and users made for owners whom nothing names any more."""
        for owner in job.owner_ids.filtered(lambda owner: owner._get_made()):
            user, own = owner._get_made(), owner.own_rows or {}
            if self._is_used(user, own):
                continue
            if self._is_used(user.partner_id, own):
                continue
            if self._take_away(job, user, own):
                # Who has taken over since stays.
                now = owner.user_id.exists().id
                owner.sudo().write(
                    {
                        "user_id": now,
                        "is_created": False,
                        "made_user_id": False,
                        "author_user_id": False,
                        "own_rows": False,
                    }
                )

    def _is_used(self, record, own_rows):
        target = self.env["crm.migration.target"]._for(record._name)
        return target._is_used(record, own_rows)

    def _take_away(self, job, record, own_rows):
        """Delete without a word to anybody; return whether Odoo lets it go.

        :param own_rows: model → ids of what Odoo made for the record by itself
        """
        loader = (
            self.env["crm.migration.target"]
            ._for(record._name)
            ._without_side_effects(job)
        )
        try:
            with self.env.cr.savepoint():
                for name, ids in own_rows.items():
                    loader.env[name].browse(ids).exists().unlink()
                loader._unlink(record.with_env(loader.env))
                self.env.flush_all()
        except REFUSALS:
            return False
        return True
