"""What a rollback keeps is decided first, together with the history that hangs on it."""

from odoo import models
from odoo.tools import SQL

from .usage import split_by


class CrmMigrationLoadingHistory(models.AbstractModel):
    """A rollback takes back the newest first: messages before the deal that they are of.

    A deal that stays because somebody worked on it would have lost its messages by the
    time it is looked at. Hence all records but history are looked at beforehand.
    """

    _name = "crm.migration.loading.history"
    _description = "Migration: Loading History"

    def _decide(self, run, maps):
        """Report what of a batch of links stays, and what history stays with it.

        :param maps: rows of the id map, none of history
        """
        self.env.flush_all()
        loader = self._without_side_effects(run.job_id)
        run, maps = run.with_env(loader.env), maps.with_env(loader.env)
        for model_name, group in split_by(maps, "res_model").items():
            if model_name not in self.env:
                continue
            special = loader._for(model_name)
            model = self.env[model_name].with_context(active_test=False)
            by_action = split_by(group, "rollback_action")
            deleting = by_action.get("delete", group.browse())
            there = special._existing(model, deleting.mapped("res_id"))
            reasons = special._why_kept(run, model, deleting, there)
            kept = deleting & group.browse(reasons)
            special._report_kept(run, kept, reasons)
            special._keep_history(run, model, kept)

    def _list_history(self):
        """Return model → column that names whose model, of what hangs on records."""
        return {
            target._model: target._hangs_on[0]
            for target in self._list_here()
            if target._hangs_on
        }

    def _keep_history(self, run, model, kept):
        """Report the history of records that stay: it stays as well."""
        if not kept or self._for(model._name)._hangs_on:
            return
        label = self.env["ir.model"]._get(model._name).name
        for name, column in self._list_history().items():
            self.env.cr.execute(
                SQL(
                    "SELECT map.id FROM crm_migration_id_map AS map"
                    " JOIN %(table)s AS own ON own.id = map.res_id"
                    " WHERE %(going)s AND map.res_model = %(name)s"
                    " AND map.rollback_action = 'delete' AND own.%(column)s = %(model)s"
                    " AND own.res_id = ANY(%(ids)s)",
                    table=SQL.identifier(self.env[name]._table),
                    going=SQL(self._get_going(run, set())),
                    name=name,
                    column=SQL.identifier(column),
                    model=model._name,
                    ids=kept.mapped("res_id"),
                )
            )
            found = [map_id for (map_id,) in self.env.cr.fetchall()]
            maps = kept.browse(found)
            reasons = {map_id: ("kept_history", {"model": label}) for map_id in found}
            self._report_kept(run, maps, reasons)
