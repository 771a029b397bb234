"""Fields and models that the migration made go again, where nobody uses them."""

from odoo import models

from ..mapping.custom_objects import NAME, NOTES, is_custom_object
from ..odoo.series import announce_registry, get_access


class CrmMigrationJobCustomFields(models.AbstractModel):
    _name = "crm.migration.job.custom.fields"
    _description = "Migration: Job Custom Fields"

    def _remove_created_fields(self, run=None):
        """Drop the fields made for this migration that hold nothing any more."""
        lines = self.mapping_ids.line_ids.filtered("is_field_created")
        emptied = lines.filtered(lambda line: not line._is_field_used())
        for model_name in set(emptied.mapping_id.mapped("model_name")):
            # The fields of a custom object go with it, or stay with it.
            if not is_custom_object(model_name):
                self._drop_fields(
                    model_name,
                    emptied.filtered(
                        lambda line, m=model_name: line.mapping_id.model_name == m
                    ),
                )
        self._remove_objects(run)

    def _drop_fields(self, model_name, lines):
        names = lines.mapped("custom_field")
        # Those of other migrations that shared a field as well: it is gone for them, too.
        shown = self.env["crm.migration.mapping.line"].search(
            [("mapping_id.model_name", "=", model_name), ("custom_field", "!=", False)]
        )
        gone = shown.filtered(lambda line: line.custom_field in names)
        (lines | gone).write({"custom_field": False, "is_field_created": False})
        self._take_off_page(model_name, is_empty=not shown - gone)
        fields_ = self.env["ir.model.fields"].search(
            [
                ("model", "=", model_name),
                ("name", "in", names),
                ("state", "=", "manual"),
            ]
        )
        relations = fields_.filtered(lambda f: f.ttype == "many2many").mapped(
            "relation"
        )
        fields_.unlink()
        self.env["crm.migration.phase.prepare"]._remove_option_models(relations)
        announce_registry(self.env)

    def _take_off_page(self, model_name, is_empty):
        """Take fields off the page *Migrated*, before they go; what others show stays."""
        if is_empty and not is_custom_object(model_name):
            key = f"crm_migration.migrated.{model_name}"
            self.env["ir.ui.view"].search([("key", "=", key)]).unlink()
        else:
            self.env["crm.migration.phase.prepare"]._create_view(model_name)

    # -- custom objects --------------------------------------------------------

    def _remove_objects(self, run):
        """Drop the models made for custom objects that are empty, and say which stay."""
        mappings = self.mapping_ids.filtered(
            lambda m: is_custom_object(m.model_name) and m.model_name in self.env
        )
        going = {}
        for mapping in mappings:
            if maker := mapping._find_object_maker():
                going[mapping.model_name] = maker
        reasons = {name: self._why_object_stays(maker) for name, maker in going.items()}
        staying = {name for name, reason in reasons.items() if reason}
        self._keep_what_they_refer_to(going, staying, reasons)
        if run:
            self._report_objects(run, mappings, reasons)
        doomed = [maker for name, maker in going.items() if name not in staying]
        if doomed:
            self._drop_objects(doomed)

    def _why_object_stays(self, maker):
        """Return what people have put into a custom object, None where it is empty."""
        name = maker.model_name
        model = self.env[name].sudo().with_context(active_test=False)
        if model.search_count([], limit=1):
            return self.env._("it has records")
        ours = self._list_object_fields(name)
        known = self.env["ir.model.fields"].search(
            [("model", "=", name), ("state", "=", "manual")]
        )
        if set(known.mapped("name")) - ours:
            return self.env._("it has fields that people added")
        lookups = self.env["ir.model.fields"].search(
            [("relation", "=", name), ("state", "=", "manual"), ("model", "!=", name)]
        )
        if any(f.name not in self._list_object_fields(f.model) for f in lookups):
            return self.env._("fields of other models lead to it")
        refs = maker.object_refs
        for kind, column in (
            ("ir.ui.view", "model"),
            ("ir.actions.act_window", "res_model"),
        ):
            theirs = [(column, "=", name), ("id", "not in", refs.get(kind, []))]
            if self.env[kind].search_count(theirs, limit=1):
                return self.env._("people made screens for it")
        return None

    def _list_object_fields(self, model_name):
        lines = self.env["crm.migration.mapping.line"].search(
            [("mapping_id.model_name", "=", model_name), ("custom_field", "!=", False)]
        )
        return {NAME, NOTES, *lines.mapped("custom_field")}

    def _keep_what_they_refer_to(self, going, staying, reasons):
        """A model that stays keeps those that its lookups lead to."""
        fields_ = self.env["ir.model.fields"].search(
            [("relation", "in", list(going)), ("state", "=", "manual")]
        )
        while True:
            kept = {
                f.relation
                for f in fields_
                if f.relation not in staying
                and (f.model in staying or f.model not in going)
            }
            if not kept:
                return
            staying |= kept
            for name in kept:
                reasons[name] = self.env._("fields of other models lead to it")

    def _report_objects(self, run, mappings, reasons):
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": "object_kept",
                    "severity": "warning",
                    "stream": mapping.stream,
                    "value": mapping.object_label or mapping.model_name,
                    "data": {
                        "object": mapping.object_label or mapping.model_name,
                        "reason": reasons[mapping.model_name],
                    },
                }
                for mapping in mappings
                if reasons.get(mapping.model_name)
            ],
        )

    def _drop_objects(self, makers):
        """Drop the models with their screens, menu and rights, all in one go."""
        names = [maker.model_name for maker in makers]
        options = self.env["ir.model.fields"].search(
            [
                ("model", "in", names),
                ("ttype", "=", "many2many"),
                ("state", "=", "manual"),
            ]
        )
        relations = options.mapped("relation")
        self._drop_screens(makers)
        # With the model alone the tables of these relations would stay (19.0).
        options.unlink()
        for name in names:
            rights = get_access(self.env, name)
            rights.unlink()
        self._drop_models(names)
        self.env["crm.migration.phase.prepare"]._remove_option_models(relations)
        announce_registry(self.env)
        for maker in makers:
            maker.object_refs = False
        self.env["crm.migration.mapping.line"].search(
            [("mapping_id.model_name", "in", names)]
        ).write({"custom_field": False, "is_field_created": False})

    def _drop_models(self, names):
        """Drop the models, and the names that Odoo gave to what they inherit.

        It leaves these behind when a model with a chatter goes (19.0).
        """
        doomed = self.env["ir.model"].search([("model", "in", names)])
        inherited = self.env["ir.model.inherit"].search(
            [("model_id", "in", doomed.ids)]
        )
        own = self.env["ir.model.data"].search(
            [("model", "=", inherited._name), ("res_id", "in", inherited.ids)]
        )
        doomed.unlink()
        own.unlink()

    def _drop_screens(self, makers):
        for maker in makers:
            refs = maker.object_refs
            for kind in ("ir.ui.menu", "ir.actions.act_window", "ir.ui.view"):
                self.env[kind].browse(refs.get(kind, ())).exists().unlink()
