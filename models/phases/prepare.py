"""Create what the load will need: list values, and fields that Odoo lacks."""

import hashlib
import re

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..mapping.custom_objects import NAME, NOTES
from ..odoo.series import announce_registry
from ..staging.references import STATE
from ..staging.wanted import Wanted

FIELD_TYPES = {
    "char": "char",
    "text": "text",
    "html": "html",
    "integer": "integer",
    "float": "float",
    "monetary": "float",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "selection": "selection",
    "multi_selection": "many2many",
    "reference": "char",
    "references": "char",
    "url": "char",
    "json": "text",
}
"""Kind of value → type of field. Odoo takes a monetary field made by hand and then does
not have it (19.0): an amount becomes a number whose help tells the currency."""
LINKS = {"reference": "many2one", "references": "many2many"}
"""Kind of value → type of the field where what it leads to is brought over."""
RESERVED = frozenset({"x_", "x_active", NAME, NOTES})
"""Names that Odoo or the addon gives a meaning of its own: by ``x_active`` it hides what
has no value there."""


class CrmMigrationPhasePrepare(models.AbstractModel):
    """A step of its own before the data: a new field locks its table for a moment."""

    _name = "crm.migration.phase.prepare"
    _description = "Migration Phase: Prepare"
    _inherit = [
        "crm.migration.phase.prepare.objects",
        "crm.migration.phase.prepare.options",
        "crm.migration.phase.prepare.page",
        "crm.migration.phase",
    ]
    _changes_staged = False

    def _run_batch(self, run):
        self._create_values(run.job_id)
        self._create_objects(run.job_id)
        for model_name, lines in self._get_missing_fields(run.job_id).items():
            self._create_fields(run.job_id, model_name, lines)
        return True

    # -- values ----------------------------------------------------------------

    def _reactivate_values(self, job):
        """Bring back what is archived and was chosen to be used again."""
        loader = self.env["crm.migration.target"]._without_side_effects(job)
        for row in job.value_map_ids.filtered(lambda row: row._is_archived()):
            if row.decision == "reactivate":
                target = row.target_ref.with_env(loader.env)
                target.write({target._active_name: True})
                row.is_reactivated = True
        loader.env.flush_all()

    def _create_values(self, job):
        self._reactivate_values(job)
        rows = job.value_map_ids.filtered(
            lambda row: row.decision == "create" and not row.target_ref
        )
        rows -= self._list_cleaned_values(job, rows)
        catalog = self.env["crm.migration.target.lookup.list"]
        for model_name in set(rows.mapped("model_name")) - {False}:
            wanted = rows.filtered(lambda row, m=model_name: row.model_name == m)
            if model_name == STATE:
                for country, states in wanted._by_country().items():
                    own = catalog.with_context(crm_migration_country_id=country)
                    self._create_rows(job, own, states)
            else:
                self._create_rows(job, catalog, wanted)
        job._follow_decisions()

    def _list_cleaned_values(self, job, rows):
        """Return those that were cleaned up, and no record to come has."""
        cleaned = rows.filtered("is_cleaned_up")
        wanted = Wanted(self.env, job).values if cleaned else ()
        return cleaned.filtered(
            lambda row: (row.list, row.key, row.scope or "") not in wanted
        )

    def _create_rows(self, job, catalog, rows):
        model_name = rows[0].model_name
        rows = rows.sorted()
        labels = [row.label or row.key for row in rows]
        ids, created = catalog._find_or_create(job, model_name, labels)
        further = set(created) - set(ids.values())
        for row, label in zip(rows, labels, strict=True):
            target, is_created = f"{model_name},{ids[label]}", ids[label] in created
            if is_created and further:
                # With the first of them: a rollback takes it when the last has gone.
                row.further_refs = [f"{model_name},{each}" for each in sorted(further)]
                further = set()
            row.write(
                {
                    "target_ref": target,
                    "is_created": is_created,
                    "created_ref": is_created and target,
                    "loaded_ref": target,
                    "is_cleaned_up": False,
                }
            )
        self.env["crm.migration.target"]._for(model_name)._arrange(job, rows)

    # -- fields ----------------------------------------------------------------

    def _get_missing_fields(self, job):
        """Return model → accepted lines whose field is still to be created."""
        missing, wanted = {}, Wanted(self.env, job)
        for line in self._list_loaded(job.mapping_ids.filtered("selected")).line_ids:
            custom = (line.target or "").startswith("@custom.")
            if custom and line.state == "accepted" and not self._has_field(line):
                key = (line.mapping_id.id, line.target)
                if line.is_cleaned_up and key not in wanted.targets:
                    continue
                missing.setdefault(line.mapping_id.model_name, []).append(line)
        return missing

    def _has_field(self, line):
        """Tell whether the field of a line is there; whoever made it may have dropped it."""
        return line.custom_field in self.env[line.mapping_id.model_name]._fields

    def _create_fields(self, job, model_name, lines):
        """Create all fields of a model in one call: one change of the registry."""
        model = self.env["ir.model"]._get(model_name)
        known = self.env[model_name]._fields
        values, wanted = [], []
        for line in lines:
            name = self._get_field_name(line)
            line.custom_field = name
            if name not in known and name not in [item["name"] for item in values]:
                values.append(self._as_field(job, model, line, name))
                wanted.append(line)
        if values:
            self.env["ir.model.fields"].create(values)
            announce_registry(self.env)
            self._ensure_created(model_name, wanted)
            for line in wanted:
                line.write({"is_field_created": True, "is_cleaned_up": False})
            self._create_view(model_name)

    def _ensure_created(self, model_name, lines):
        """Odoo keeps quiet about a field that it created and cannot show (19.0).

        :raises UserError: one is not there
        """
        for line in lines:
            if line.custom_field not in self.env[model_name]._fields:
                raise UserError(
                    self.env._(
                        "Odoo did not take the field “%(label)s”. Leave it out, or choose "
                        "a field that exists.",
                        label=line.custom_label or line.source_label or line.source,
                    )
                )

    def _get_field_name(self, line):
        """Return the same name for the same key, and never one for two of them."""
        key = line.target.removeprefix("@custom.").lower()
        name = f"x_{re.sub(r'[^a-z0-9_]+', '_', key).strip('_')}"[:60]
        if not self._is_taken(line, name):
            return name
        digest = hashlib.sha1(f"{line.target} {line.custom_kind}".encode()).hexdigest()
        return f"{name[:50].rstrip('_')}_{digest[:8]}"

    def _is_taken(self, line, name):
        """Tell whether the name stands for another key, or for another kind of value."""
        if name in RESERVED:
            return True
        others = line.search(
            [
                ("mapping_id.model_name", "=", line.mapping_id.model_name),
                ("mapping_id.job_id", "=", line.mapping_id.job_id.id),
                ("custom_field", "=", name),
                ("target", "!=", line.target),
            ]
        )
        known = self.env[line.mapping_id.model_name]._fields.get(name)
        kind, relation = self._get_type(line)
        is_other = known and (
            known.type != kind or (relation and known.comodel_name != relation)
        )
        return bool(others or is_other)

    def _get_type(self, line):
        """Return the type of the field of a line, and of a lookup the model it leads to.

        Where records of the other object become several things, or nothing, their name
        stays as text.
        """
        if line.custom_kind in LINKS and line.custom_relation:
            whole = line.mapping_id.job_id.mapping_ids.filtered(
                lambda m: m.selected and not m.part and m.stream == line.custom_relation
            )
            names = set(whole.mapped("model_name"))
            if len(names) == 1 and names <= set(self.env):
                return LINKS[line.custom_kind], names.pop()
        return FIELD_TYPES.get(line.custom_kind, "char"), None

    def _as_field(self, job, model, line, name):
        kind, relation = self._get_type(line)
        values = {
            "model_id": model.id,
            "name": name,
            "field_description": self._get_label(line),
            "ttype": kind,
            "state": "manual",
        }
        if line.custom_kind == "monetary":
            currency = job.currency_id or job.company_id.currency_id
            values["help"] = self.env._(
                "An amount in %(currency)s, unless the record says another currency.",
                currency=currency.name,
            )
        options = line.custom_options or []
        if kind == "selection":
            values["selection_ids"] = [
                Command.create({"value": str(key), "name": label, "sequence": number})
                for number, (key, label) in enumerate(options)
            ]
        elif kind == "many2one":
            values |= {"relation": relation, "on_delete": "set null"}
        elif kind == "many2many" and relation:
            values |= self._relate(model, name, relation)
        elif kind == "many2many":
            values |= self._relate_options(model, line, name, options)
        return values

    def _get_label(self, line):
        """Return a label that no other field of the model has: Odoo warns of twins."""
        label = line.custom_label or line.source_label or line.source
        model_name = line.mapping_id.model_name
        taken = set(
            self.env["ir.model.fields"]
            .search([("model", "in", (model_name, "res.users"))])
            .mapped("field_description")
        )
        others = line.search(
            [
                ("mapping_id.model_name", "=", model_name),
                ("custom_label", "=", label),
                # The same field in another migration is no other one.
                ("target", "!=", line.target),
                ("id", "<", line.id),
            ]
        )
        if label in taken or others:
            return f"{label} ({line.mapping_id.stream_id.label})"
        return label
