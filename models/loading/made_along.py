"""What a load creates for its documents, noted with each that uses it."""

from odoo import models


class CrmMigrationLoadingMadeAlong(models.AbstractModel):
    """Journals, taxes: several documents share them, and a rollback removes them last.

    A target of such documents inherits this before the frame of targets.
    """

    _name = "crm.migration.loading.made.along"
    _description = "Migration: Made Along"

    _made_models = ()
    """Models whose records are left to ``_remove_made``."""
    _made_by = ()
    """Models of the documents that share them."""

    def _note_made(self, batch, record):
        made = batch.cache.setdefault("made", {})
        made.setdefault(record._name, []).append(record.id)

    def _get_made(self, batch, model):
        """Return the ids of what this migration, or one it continues, has created."""
        made = set(batch.cache.get("made", {}).get(model, ()))
        return made | batch.once(
            ("made", model),
            lambda: self._fetch_made(batch.job._get_lineage(), model),
        )

    def _fetch_made(self, jobs, model):
        """Return the ids of what these migrations have created."""
        self.env.cr.execute(
            """
            SELECT DISTINCT value::int
              FROM crm_migration_id_map AS map,
                   jsonb_array_elements_text(map.extras -> %s)
             WHERE map.job_id = ANY(%s) AND map.res_model = ANY(%s) AND map.extras ? %s
            """,
            [model, jobs.ids, list(self._made_by), model],
        )
        ids = [res_id for (res_id,) in self.env.cr.fetchall()]
        return set(self.env[model].browse(ids).exists().ids)

    def _own_made(self, batch, item, used):
        """Note with a document what of a model was created for it, by whatever migration.

        Whoever is taken back last takes it along: one that was made by an earlier
        migration stays there for the sake of this one.
        """
        if not used:
            return
        jobs = batch.job.with_context(active_test=False)
        made = self._get_made(batch, used._name) | batch.once(
            ("made by any", used._name),
            lambda: self._fetch_made(jobs.search([]), used._name),
        )
        for res_id in made & set(used.ids):
            item.add_extra(used._name, res_id)

    def _drop_unused(self, batch):
        """Remove what was created for documents all of which Odoo refused."""
        made = batch.cache.get("made")
        if made and not batch.with_outcome("created"):
            self._remove_made(made)

    def _remove_made(self, made):
        """Remove what nobody uses (any more).

        :param made: model → ids of what a migration has created
        """

    def _unload_model(self, run, model_name, maps):
        made = {}
        for map_ in maps:
            for model in self._made_models:
                made.setdefault(model, set()).update((map_.extras or {}).get(model, ()))
        counter = super()._unload_model(run, model_name, maps)
        self._remove_made(made)
        self.env.flush_all()
        return counter

    def _list_extras(self, maps):
        """Leave what others may use as well."""
        extras = super()._list_extras(maps)
        return {n: ids for n, ids in extras.items() if n not in self._made_models}
