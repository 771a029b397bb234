"""Custom objects: a model for each, with its rights, screens and menu."""

from xml.sax.saxutils import quoteattr

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..mapping.custom_objects import NAME, NOTES, is_custom_object
from ..odoo.series import announce_registry, grant_access, hand_over_access
from ..staging.wanted import Wanted

MENU = "crm_migration.crm_migration_menu_objects"
MANAGERS = "crm_migration.crm_migration_group_manager"
REVIEWERS = "crm_migration.crm_migration_group_reviewer"
MAX_COLUMNS = 8
"""Columns of the list besides the name; people add others by its menu."""
WIDE = ("text", "html")
WIDGETS = {"many2many": "many2many_tags"}


class CrmMigrationPhasePrepareObjects(models.AbstractModel):
    """Models first, all of them, so that fields may lead from any to any other."""

    _name = "crm.migration.phase.prepare.objects"
    _description = "Migration: Phase Prepare Objects"

    def _create_objects(self, job):
        wanted = job.mapping_ids.filtered("selected").filtered(
            lambda m: is_custom_object(m.model_name)
        )
        for mapping in self._list_loaded(wanted):
            if mapping.model_name not in self.env:
                self._create_object(mapping)
            elif not mapping._find_object_maker():
                raise UserError(
                    self.env._(
                        "The database has a model “%(model)s” that no migration made. "
                        "Rename it, or leave out the object “%(object)s”.",
                        model=mapping.model_name,
                        object=mapping.stream_id.label,
                    )
                )

    def _list_loaded(self, mappings):
        """Return the mappings without those to objects that were cleaned up, and stay so."""
        cleaned = mappings.filtered(
            lambda m: m.is_cleaned_up and m.model_name not in self.env
        )
        if not cleaned:
            return mappings
        wanted = Wanted(self.env, mappings.job_id).mapping_ids
        return mappings - cleaned.filtered(lambda m: m.id not in wanted)

    def _create_object(self, mapping):
        """Create the model with a chatter: it can be switched on later, and never off."""
        label = mapping.object_label or mapping.stream_id.label or mapping.stream
        model = self.env["ir.model"].create(
            {
                "name": label,
                "model": mapping.model_name,
                "state": "manual",
                "is_mail_thread": True,
                "is_mail_activity": True,
                "field_id": [
                    Command.create(
                        {
                            "name": name,
                            "ttype": kind,
                            "field_description": title,
                            "state": "manual",
                        }
                    )
                    for name, kind, title in (
                        (NAME, "char", self.env._("Name")),
                        (NOTES, "html", self.env._("Notes")),
                    )
                ],
            }
        )
        announce_registry(self.env)
        managers, everybody = self.env.ref(MANAGERS), self.env.ref("base.group_user")
        name = mapping.model_name
        rights = grant_access(self.env, name, model, managers)
        rights |= grant_access(self.env, name, model, everybody, changes=False)
        action = self.env["ir.actions.act_window"].create(
            {"name": label, "res_model": name, "view_mode": "list,form"}
        )
        menu = self.env["ir.ui.menu"].create(
            {
                "name": label,
                "parent_id": self.env.ref(MENU).id,
                "action": f"{action._name},{action.id}",
            }
        )
        mapping.object_refs = {each._name: each.ids for each in (rights, action, menu)}
        mapping.is_cleaned_up = False
        self._create_object_views(mapping)

    def _leave_objects(self):
        """Let administrators have what managers may do: the addon is about to go.

        The models, their records and screens stay; Odoo puts their menus on top.
        """
        groups = self.env.ref(MANAGERS) | self.env.ref(REVIEWERS)
        hand_over_access(self.env, groups, self.env.ref("base.group_system"))

    def _create_object_views(self, mapping):
        """Show all fields that are there by now; screens that people changed stay."""
        maker = mapping._find_object_maker()
        refs = dict(maker.object_refs or {})
        views = self.env["ir.ui.view"].browse(refs.get("ir.ui.view", ())).exists()
        name = mapping.model_name
        for kind, arch in self._draw_object(maker).items():
            key = f"crm_migration.object.{name}.{kind}"
            if view := views.filtered(lambda v, key=key: v.key == key):
                view.arch = arch
                continue
            views |= views.create(
                {"name": key, "key": key, "model": name, "type": kind, "arch": arch}
            )
        maker.object_refs = {**refs, "ir.ui.view": views.ids}

    def _get_object_fields(self, mapping):
        """Return the fields made for an object, in the order of the source."""
        lines = self.env["crm.migration.mapping.line"].search(
            [
                ("mapping_id.model_name", "=", mapping.model_name),
                ("custom_field", "!=", False),
            ],
            order="mapping_id, sequence, id",
        )
        known = self.env[mapping.model_name]._fields
        names = dict.fromkeys(lines.mapped("custom_field"))
        return [known[name] for name in names if name in known]

    def _draw_object(self, mapping):
        """Return type of view → its XML."""
        found = self._get_object_fields(mapping)
        short = [field for field in found if field.type not in WIDE]
        long = [field for field in found if field.type in WIDE]
        label = quoteattr(self.env["ir.model"]._get(mapping.model_name).name)
        addresses = self._list_addresses(mapping.model_name)
        drawn = [draw_field(field, field.name in addresses) for field in short]
        listed = "".join(drawn[:MAX_COLUMNS])
        pages = "".join(
            f"<separator string={quoteattr(field.string)}/>"
            f'<field name="{field.name}" nolabel="1" colspan="2"/>'
            for field in long
        )
        searched = "".join(
            f'<field name="{field.name}"/>'
            for field in short
            if field.type != "boolean"
        )
        grouped = "".join(
            f'<filter name="by_{field.name}" string={quoteattr(field.string)}'
            f" context=\"{{'group_by': '{field.name}'}}\"/>"
            for field in short
            if field.type in ("selection", "many2one", "date", "datetime")
        )
        return {
            "list": f'<list string={label}><field name="{NAME}"/>{listed}</list>',
            "form": f'<form string={label}><sheet><div class="oe_title"><h1>'
            f'<field name="{NAME}"/></h1></div>'
            f"<group>{_in_columns(drawn)}</group>"
            f"<group>{pages}<separator string={quoteattr(self.env._('Notes'))}/>"
            f'<field name="{NOTES}" nolabel="1" colspan="2"/></group>'
            "</sheet><chatter/></form>",
            "search": f'<search string={label}><field name="{NAME}"/>{searched}'
            f"{f'<group>{grouped}</group>' if grouped else ''}</search>",
        }


def draw_field(field, is_address=False):
    """Return the XML of a field on a form or list."""
    widget = "url" if is_address else WIDGETS.get(field.type)
    more = f' widget="{widget}"' if widget else ""
    return f'<field name="{field.name}"{more}/>'


def _in_columns(drawn):
    half = (len(drawn) + 1) // 2
    return "".join(
        f"<group>{''.join(part)}</group>"
        for part in (drawn[:half], drawn[half:])
        if part
    )
