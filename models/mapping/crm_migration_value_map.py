"""What a value of the source means in Odoo: stages, countries, reasons, picklists."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...connectors.mapping.vocabulary import MAP
from .companies import is_usable
from .conversions import NEVER_CREATED


class CrmMigrationValueMap(models.Model):
    """One value of a list, how often it occurs, and the consultant's decision."""

    _name = "crm.migration.value.map"
    _description = "Migration Value"
    _inherit = [
        "crm.migration.value.map.bulk",
        "crm.migration.value.map.lineage",
        "crm.migration.value.map.plan",
        "crm.migration.value.map.effect",
        "crm.migration.value.map.proposal",
        "crm.migration.protected",
        "crm.migration.decided",
    ]
    _order = "list, sequence, count desc, label"
    _rec_name = "label"
    _user_fields = frozenset(
        {"decision", "target_ref", "target_id", "choice", "sequence", "is_won"}
    )
    _decisions = frozenset({"decision"})

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    list = fields.Char(required=True, string="Technical List")
    list_label = fields.Char(string="List")
    sequence = fields.Integer(
        string="Order", help="New entries of a list that has an order stand in it so."
    )
    is_won = fields.Boolean(
        string="Won Stage", help="Deals in this stage, once it is created, are won."
    )
    key = fields.Char(required=True, string="Source Value")
    scope = fields.Char(
        string="Within",
        default="",
        help="The country that the records name: a state is looked for in it.",
    )
    label = fields.Char(string="Label in the Source")
    count = fields.Integer(string="Used By")
    model_name = fields.Char(help="The list of Odoo that is chosen from.")
    target_ref = fields.Reference(
        "_selection_target_model", string="Odoo Record", copy=False
    )
    target_id = fields.Many2oneReference(
        model_field="model_name",
        compute="_compute_target_id",
        inverse="_inverse_target_id",
        string="Means in Odoo",
        help="The record of Odoo, chosen from the list that fits.",
    )
    choices = fields.Json()
    choice = fields.Char(string="Chosen Value")
    decision = fields.Selection(
        [
            ("map", "Use"),
            ("reactivate", "Reactivate"),
            ("create", "Create"),
            ("empty", "Leave Empty"),
        ],
        help="Empty: still to be decided.",
    )
    confidence = fields.Integer(aggregator="avg")
    reason = fields.Char(string="Why This Proposal")
    is_created = fields.Boolean(
        readonly=True, help="The record was created by this migration."
    )
    created_ref = fields.Char(
        readonly=True,
        copy=False,
        help="Model and id of that record, whatever a person has chosen since.",
    )
    further_refs = fields.Json(
        readonly=True,
        copy=False,
        help="Models and ids of what was created on the way to it: categories above.",
    )
    loaded_ref = fields.Char(
        readonly=True,
        copy=False,
        help="Model and id of the record that a load took where it was to be created: one "
        "of this name that was there already, or a new one.",
    )
    is_cleaned_up = fields.Boolean(
        readonly=True,
        copy=False,
        help="The record was removed as nothing referred to it; it is created anew once "
        "a record that is to be loaded has the value.",
    )
    is_reactivated = fields.Boolean(
        readonly=True, help="The record was archived before this migration."
    )

    result_text = fields.Char(compute="_compute_result_text", string="Result")

    _scope_uniq = models.UniqueIndex(
        "(job_id, list, key, COALESCE(scope, ''))", "A value is decided once per list."
    )

    @api.depends("target_ref", "model_name")
    def _compute_target_id(self):
        for row in self:
            row.target_id = row.target_ref and row.target_ref.id

    def _inverse_target_id(self):
        for row in self:
            row.target_ref = (
                f"{row.model_name},{row.target_id}"
                if row.model_name and row.target_id
                else False
            )

    @api.depends("decision", "target_ref", "choice", "choices", "label", "key", "scope")
    def _compute_result_text(self):
        for row in self:
            label = row.label or row.key
            if row.scope:
                label = f"{label}, {row.scope}"
            if row.decision == "reactivate":
                row.result_text = row.env._(
                    "%(name)s (reactivated)", name=row.target_ref.sudo().display_name
                )
            elif row.decision == "map":
                chosen = dict(row.choices or ()).get(row.choice, row.choice)
                row.result_text = (
                    row.target_ref.sudo().display_name if row.target_ref else chosen
                )
            elif row.decision == "create":
                row.result_text = row.env._("%(name)s (new)", name=label)
            elif row.decision == "empty":
                row.result_text = row.env._("(left empty)")
            else:
                row.result_text = row.env._("%(name)s (to decide)", name=label)

    @api.constrains("target_ref", "choice", "decision")
    def _check_target(self):
        for row in self:
            if row.target_ref and row.target_ref._name != row.model_name:
                raise ValidationError(
                    row.env._(
                        "%(name)s must be chosen from the list that fits.",
                        name=row.label,
                    )
                )
            if row.target_ref and not is_usable(row.target_ref, row.company_id):
                raise ValidationError(
                    row.env._(
                        "%(name)s belongs to another company: this migration is into "
                        "%(company)s. Choose a record of that company, or one of all.",
                        name=row.target_ref.sudo().display_name,
                        company=row.company_id.sudo().name,
                    )
                )
            if row.choice and row.choice not in dict(row.choices or ()):
                raise ValidationError(
                    row.env._(
                        "%(choice)s is not one of the choices.", choice=row.choice
                    )
                )
            if row.decision == "reactivate" and not row.target_ref:
                raise ValidationError(
                    row.env._("Choose which record %(name)s is first.", name=row.label)
                )
            if row.decision == "create" and (
                not row.model_name or row.model_name in NEVER_CREATED
            ):
                raise ValidationError(
                    row.env._(
                        "%(name)s cannot be created: choose a value.", name=row.label
                    )
                )

    def write(self, vals):
        """Take the choice of a record or a value as the decision to use it."""
        chosen = vals.get("target_ref") or vals.get("target_id") or vals.get("choice")
        if chosen and "decision" not in vals:
            vals = {**vals, "decision": "map"}
        return super().write(vals)

    def action_create(self):
        """Decide that the records are created under their labels."""
        self._as_reviewer().write({"decision": "create", "target_ref": False})
        return True

    def action_reactivate(self):
        """Decide that the archived records are used, and active again from the load on."""
        archived = self._as_reviewer().filtered(lambda row: row._is_archived())
        if not archived:
            raise UserError(self.env._("None of these is archived in Odoo."))
        archived.write({"decision": "reactivate"})
        return True

    def _is_archived(self):
        target = self.target_ref and self.target_ref.sudo().exists()
        name = target and target._active_name
        return bool(name) and not target[name]

    def action_leave_empty(self):
        self._as_reviewer().write({"decision": "empty"})
        return True

    def action_reopen(self):
        self._as_reviewer().write(
            {"decision": False, "target_ref": False, "choice": False}
        )
        return True

    def _selection_target_model(self):
        return [
            (model.model, model.name)
            for model in self.env["ir.model"]
            .sudo()
            .search([("transient", "=", False)], order="name")
        ]

    @api.model
    def _resolve(self, job, keys):
        """Return (list, key) → (model, id), a chosen value, or False for *leave empty*.

        What nobody decided is not in the answer.

        :param keys: tuples (list, key), or (list, key, within) for a state of a country
        """
        if not keys:
            return {}
        self.flush_model()
        wanted = [(key[0], key[1], key[2] if len(key) > 2 else "") for key in keys]
        self.env.cr.execute(
            """
            SELECT value.list, value.key, COALESCE(value.scope, ''), value.decision,
                   value.target_ref, value.choice
              FROM unnest(%s, %s, %s) AS wanted (list, key, scope)
              JOIN crm_migration_value_map AS value
                ON value.job_id = %s AND value.list = wanted.list
               AND value.key = wanted.key
               AND COALESCE(value.scope, '') = wanted.scope
             WHERE value.decision IS NOT NULL
            """,
            [*map(list, zip(*wanted, strict=True)), job.id],
        )
        found = {}
        for *key, decision, target, choice in self.env.cr.fetchall():
            if decision == "empty":
                found[tuple(key)] = False
            elif target:
                model, res_id = target.split(",")
                found[tuple(key)] = (model, int(res_id))
            elif choice:
                found[tuple(key)] = choice
        return {
            key: found[full]
            for key, full in zip(keys, wanted, strict=True)
            if full in found
        }

    def _as_reference(self):
        """Return the value as staged values refer to it."""
        self.ensure_one()
        scope = [self.scope] if self.scope else []
        return {MAP: [self.list, self.key, *scope]}
