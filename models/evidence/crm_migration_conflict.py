"""A field that was changed in the source and in Odoo: a person says which value counts."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..staging.crm_migration_record import open_target
from .crm_migration_conflict_note import pack

DECISIONS = [
    ("source", "The Source's"),
    ("odoo", "Odoo's"),
    ("own", "Another Value"),
]


class CrmMigrationConflict(models.Model):
    """Until somebody decides, Odoo's value stays; the next load does what was decided."""

    _name = "crm.migration.conflict"
    _description = "Migration Conflict"
    _inherit = [
        "crm.migration.conflict.note",
        "crm.migration.labelled",
        "crm.migration.protected",
    ]
    _order = "id"
    _log_access = False

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    run_id = fields.Many2one(
        "crm.migration.run",
        index="btree_not_null",
        ondelete="set null",
        help="The run that met it last.",
    )
    record_id = fields.Many2one(
        "crm.migration.record",
        index="btree_not_null",
        ondelete="cascade",
    )
    stream = fields.Char(string="Object", required=True)
    source_id = fields.Char(string="Source ID", required=True)
    part = fields.Char(required=True, default="")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    field = fields.Char(required=True)
    takes_source = fields.Boolean(
        help="The value of the source can be taken by a load; else only by hand."
    )
    then_value = fields.Char()
    theirs_value = fields.Char()
    mine_value = fields.Char()
    own_value = fields.Char()
    then_text = fields.Text(
        string="Source Then", help="What the source said when it was loaded last."
    )
    theirs_text = fields.Text(string="Source Now")
    mine_text = fields.Text(string="Odoo Now")
    own_text = fields.Text(string="Value Entered")
    decision = fields.Selection(
        DECISIONS, string="Taken", readonly=True, help="Which value counts."
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("decided", "With the Next Load"),
            ("settled", "Settled"),
        ],
        default="open",
        required=True,
        readonly=True,
    )
    noted_at = fields.Datetime(string="Found On")
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(string="Decided On", readonly=True)
    settled_run_id = fields.Many2one(
        "crm.migration.run", index="btree_not_null", ondelete="set null", readonly=True
    )
    settled_at = fields.Datetime(string="Settled On", readonly=True)
    field_label = fields.Char(compute="_compute_field_label", string="Odoo Field")

    _unsettled_uniq = models.UniqueIndex(
        "(job_id, stream, source_id, part, field) WHERE state <> 'settled'",
        "A field is in conflict once.",
    )
    _res_idx = models.Index("(res_model, res_id)")

    @api.depends("res_model", "field")
    def _compute_field_label(self):
        for row in self:
            known = row.env["ir.model.fields"]._get(row.res_model, row.field or "")
            label = known.sudo().field_description
            row.field_label = label or (row.field or "").lstrip("@")

    @api.depends("record_id", "field")
    def _compute_display_name(self):
        for row in self:
            name = row.record_id.display_name or row.source_id
            row.display_name = f"{name}: {row.field_label}"

    # -- what a person decides ---------------------------------------------------

    def action_take_source(self):
        """Let the next load write what the source says."""
        self._decide("source")
        return True

    def action_keep_odoo(self):
        """Let the value in Odoo stand."""
        self._decide("odoo")
        return True

    def action_undo_decision(self):
        """Ask again; what a load has done already is taken back by a rollback."""
        rows = self._as_reviewer().filtered(lambda row: row.state == "decided")
        rows._write_decision({"decision": False, "state": "open"})
        return True

    def action_edit(self):
        """Ask for a value that neither side has."""
        return self._open_dialog(
            self.env._("Enter a Value"),
            "crm.migration.conflict.edit",
            default_conflict_ids=self.ids,
        )

    def action_open_target(self):
        self.ensure_one()
        return open_target(self, self.res_model, self.res_id)

    def _decide(self, decision, own=None, text=False):
        """Say what the next load does with these conflicts.

        :param own: the value entered, as ``_plain`` of the loaders has it
        :raises UserError: nothing of it can be decided so (any more)
        """
        rows = self._as_reviewer().filtered(lambda row: row.state != "settled")
        for job in rows.job_id:
            job._check_not_frozen()
        if decision != "odoo":
            able = rows.filtered("takes_source")
            if rows and not able:
                raise UserError(
                    self.env._(
                        "This is not a value that a load could write. Change it in "
                        "Odoo itself, or keep Odoo's."
                    )
                )
            rows = able
        if not rows:
            raise UserError(self.env._("Nothing is left to decide here."))
        rows._write_decision(
            {
                "decision": decision,
                "state": "decided",
                "own_value": pack(own) if decision == "own" else False,
                "own_text": text,
            }
        )
        return rows

    def _write_decision(self, vals):
        """Write it down with who decided, and let the next load look at the records."""
        decided = vals["state"] == "decided"
        self.write(
            {
                "own_value": False,
                "own_text": False,
                **vals,
                "decided_by_id": self.env.uid if decided else False,
                "decided_at": fields.Datetime.now() if decided else False,
            }
        )
        if not decided:
            return
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE crm_migration_id_map AS map SET values_hash = NULL
              FROM crm_migration_conflict AS conflict
             WHERE conflict.id = ANY(%s) AND map.job_id = conflict.job_id
               AND map.stream = conflict.stream AND map.source_id = conflict.source_id
               AND map.part = conflict.part
            """,
            [self.ids],
        )
        self.env["crm.migration.id.map"].invalidate_model(["values_hash"])

    def _get_field(self):
        """Return the field of Odoo that this is about, None where it is none."""
        known = self.env.get(self.res_model) if self.res_model else None
        return known._fields.get(self.field) if known is not None else None

    def _unpack(self, name):
        """Return one of the values as the loaders have it."""
        self.ensure_one()
        return json.loads(self[name])[0] if self[name] else False
