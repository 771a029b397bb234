"""Where people see the fields that a migration made: a page of the form."""

from lxml import etree

from odoo import models

from ..mapping.custom_objects import is_custom_object
from .prepare_objects import draw_field

PLACES = (
    # A form within the form has pages of its own.
    ("//notebook[not(ancestor::field)]", "page"),
    ("//sheet[not(ancestor::field)]", "group"),
    ("/form", "group"),
)
"""(where, what): the first that the form has."""


TITLE = "Migrated"
"""What the page is headed by, in English."""


class CrmMigrationPhasePreparePage(models.AbstractModel):
    _name = "crm.migration.phase.prepare.page"
    _description = "Migration: Phase Prepare Page"

    def _create_view(self, model_name):
        """Show the new fields on a page *Migrated* of the form, all of them together."""
        if is_custom_object(model_name):
            mapping = self.env["crm.migration.mapping"].search(
                [("model_name", "=", model_name)], limit=1
            )
            self._create_object_views(mapping)
            return
        base = self._get_form(model_name)
        key = f"crm_migration.migrated.{model_name}"
        view = self.env["ir.ui.view"].search([("key", "=", key)], limit=1)
        arch = base and self._draw_page(base, model_name, view)
        if not arch:
            return
        view = view.with_context(lang="en_US")
        if view:
            view.arch = arch
        else:
            view = view.create(
                {
                    "name": key,
                    "key": key,
                    "model": model_name,
                    "inherit_id": base.id,
                    "arch": arch,
                }
            )
        self._translate_page(view)

    def _translate_page(self, view):
        """Head the page in each language: its form is everybody's."""
        for code, _name in self.env["res.lang"].get_installed():
            if code != "en_US":
                title = self.with_context(lang=code).env._("Migrated")
                view.update_field_translations("arch_db", {code: {TITLE: title}})

    def _get_form(self, model_name):
        """Return the form that a target names, else the one that Odoo shows."""
        views = self.env["ir.ui.view"]
        form = self.env["crm.migration.target"]._for(model_name)._form
        named = form and self.env.ref(form, raise_if_not_found=False)
        return named or views.browse(views.default_view(model_name, "form"))

    def _draw_page(self, base, model_name, view):
        """Return the XML that adds the fields; None where the form has no place for them."""
        names = sorted(
            self.env["crm.migration.mapping.line"]
            .search(
                [
                    ("mapping_id.model_name", "=", model_name),
                    ("custom_field", "!=", False),
                ]
            )
            .mapped("custom_field")
        )
        known = self.env[model_name]._fields
        addresses = self._list_addresses(model_name)
        fields = "".join(
            draw_field(known[name], name in addresses)
            for name in dict.fromkeys(names)
            if name in known
        )
        form = etree.fromstring(base.get_combined_arch())
        for place, kind in PLACES:
            if not form.xpath(place):
                continue
            inner = f'<group string="{TITLE}" name="crm_migration">{fields}</group>'
            if kind == "page":
                inner = (
                    f'<page string="{TITLE}" name="crm_migration">'
                    f"<group>{fields}</group></page>"
                )
            return f'<xpath expr="{place}" position="inside">{inner}</xpath>'
        return None

    def _list_addresses(self, model_name):
        """Return the names of the fields that hold addresses of the web."""
        lines = self.env["crm.migration.mapping.line"].search(
            [("mapping_id.model_name", "=", model_name), ("custom_kind", "=", "url")]
        )
        return set(lines.mapped("custom_field"))
