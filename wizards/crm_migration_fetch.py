"""The dialog that brings one record of the source over once more, and nothing else."""

from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.job.crm_migration_job_fetched import FATES, TO_LOAD, shorten


class CrmMigrationFetch(models.TransientModel):
    """First the record is read and shown beside what Odoo has; then it may be loaded."""

    _name = "crm.migration.fetch"
    _description = "Fetch One Record Again"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    takes_files = fields.Boolean(related="job_id.takes_files")
    fetchable_ids = fields.Many2many(
        "crm.migration.stream", compute="_compute_fetchable_ids", string="Objects"
    )
    stream_id = fields.Many2one(
        "crm.migration.stream",
        string="Object",
        ondelete="cascade",
        domain="[('id', 'in', fetchable_ids)]",
    )
    record_id = fields.Many2one(
        "crm.migration.record",
        string="Known Record",
        ondelete="cascade",
        domain="[('stream_id', '=', stream_id)]",
        help="One that was read before. Of any other enter its id.",
    )
    source_id = fields.Char(
        string="Source ID",
        compute="_compute_source_id",
        store=True,
        readonly=False,
        help="The id by which the source knows the record. It need not have been read yet.",
    )
    step = fields.Selection(
        [("ask", "Ask"), ("found", "Found"), ("gone", "Gone")],
        default="ask",
        readonly=True,
    )
    fetched_id = fields.Many2one(
        "crm.migration.record", ondelete="cascade", readonly=True
    )
    record_ids = fields.Many2many(
        "crm.migration.record", string="Records", readonly=True
    )
    fate = fields.Selection(
        FATES, string="Compared with What Was Loaded", readonly=True
    )
    found_text = fields.Text(string="Result", readonly=True)
    read_with_text = fields.Text(string="Read With", readonly=True)
    missing_text = fields.Text(string="Missing", readonly=True)
    can_load = fields.Boolean(readonly=True)
    is_disputed = fields.Boolean(readonly=True, string="In Conflict")
    comparison = fields.Json(compute="_compute_comparison")
    object_ids = fields.One2many(
        "crm.migration.fetch.object",
        "fetch_id",
        string="What Comes With It",
        readonly=True,
    )
    missing_ids = fields.One2many(
        "crm.migration.fetch.missing", "fetch_id", string="Not Loaded", readonly=True
    )
    _written_by_itself = frozenset(
        {
            *("step", "fetched_id", "record_ids", "fate", "found_text", "can_load"),
            "is_disputed",
            *("read_with_text", "missing_text", "object_ids", "missing_ids"),
        }
    )

    @api.depends("job_id")
    def _compute_fetchable_ids(self):
        for wizard in self:
            wizard.fetchable_ids = wizard.job_id.sudo()._get_fetchable_streams()

    @api.depends("record_id")
    def _compute_source_id(self):
        for wizard in self:
            wizard.source_id = wizard.record_id.source_id or wizard.source_id

    @api.depends("fetched_id")
    def _compute_comparison(self):
        for wizard in self:
            wizard.comparison = wizard.fetched_id and self.env[
                "crm.migration.comparison"
            ]._compare_again(wizard.fetched_id)

    # -- buttons -----------------------------------------------------------------

    def action_fetch(self):
        """Read the record now, and show what the source says of it.

        :raises UserError: says why it cannot be fetched
        """
        self.ensure_one()
        self.job_id._check_manager()
        stream, source_id = self._get_asked()
        fetched = self.job_id._fetch(stream, source_id)
        if fetched.is_there:
            self._show(fetched, stream, source_id)
        else:
            self._show_gone(fetched)
        return self._reopen()

    def _get_asked(self):
        """Return the object and the id that were entered.

        :raises UserError: one of them is missing
        """
        source_id = (self.source_id or "").strip()
        if not self.stream_id or not source_id:
            raise UserError(
                self.env._("Choose an object and enter the id of a record.")
            )
        return self.stream_id.sudo(), source_id

    def action_reset(self):
        """Ask for another record."""
        self.ensure_one()
        self.job_id._check_manager()
        values = {"step": "ask", "record_ids": False, "record_id": False}
        self.sudo().write({**values, "source_id": False, "fetched_id": False})
        return self._reopen()

    def action_load(self):
        """Load what was fetched, and nothing else.

        :raises UserError: a load would be refused
        """
        self.ensure_one()
        self.job_id._check_manager()
        self.job_id._load_fetched(self.record_ids.ids)
        return self._say(
            self.env._(
                "What was fetched is being loaded. The migration shows the result."
            )
        )

    def action_open_conflicts(self):
        """Show what both sides have changed of the record, to be decided."""
        self.ensure_one()
        action = self.job_id.action_open_conflicts()
        domain = [("record_id", "=", self.fetched_id.id)]
        return {**action, "domain": [*action["domain"], *domain]}

    def action_let_vanish(self):
        """Take the record for gone, and do in Odoo what the options say of that.

        :raises UserError: the source has it after all
        """
        self.ensure_one()
        self.job_id._check_manager()
        job = self.job_id.sudo()
        ids = self.job_id._let_vanish(*self._get_asked())
        if ids and job.vanished_policy == "archive":
            self.job_id._load_fetched(ids)
        return self._say(job._say_vanished())

    # -- what is shown -------------------------------------------------------------

    def _show(self, fetched, stream, source_id):
        """Write down what was fetched, as the dialog shows it."""
        job = self.job_id.sudo()
        record = job._get_fetched(fetched)
        is_other = (stream.name, source_id) != fetched.key
        self.sudo().write(
            {
                "step": "found",
                "fetched_id": record.id,
                "read_with_text": is_other
                and job._say_read_with(stream, source_id, record),
            }
        )
        self._show_all(fetched.record_ids)

    def _show_all(self, record_ids):
        """Write down what would become of all that was fetched so far."""
        job, wizard = self.job_id.sudo(), self.sudo()
        fates, missing = job._judge_fetched(record_ids), job._find_missing(record_ids)
        fate = fates.get(wizard.fetched_id.id)
        wizard.write(
            {
                "record_ids": [Command.set(list(fates))],
                "fate": fate,
                "found_text": job._say_fetched(wizard.fetched_id, fate),
                "missing_text": job._say_missing(missing),
                "is_disputed": bool(job._count_conflicts(wizard.fetched_id)),
                "can_load": not TO_LOAD.isdisjoint(fates.values()),
                "object_ids": [Command.clear(), *wizard._list_objects(fates)],
                "missing_ids": [
                    Command.clear(),
                    *(
                        Command.create({"stream_id": each.id, "source_id": key})
                        for each, key in missing
                        if not each.derived_from
                    ),
                ],
            }
        )

    def _list_objects(self, fates):
        """Return the lines of what comes along, a line per object and fate."""
        others = self.env["crm.migration.record"].browse(fates) - self.fetched_id
        counts = Counter((each.stream_id, fates[each.id]) for each in others)
        return [
            Command.create({"stream_id": stream.id, "fate": fate, "count": count})
            for (stream, fate), count in sorted(
                counts.items(), key=lambda item: (item[0][0].sequence, item[0][1])
            )
        ]

    def _show_gone(self, fetched):
        """Say that the source does not have it; of what never was read there is no more."""
        job = self.job_id.sudo()
        job._check_known(fetched)
        record = job._get_fetched(fetched)
        self.sudo().write(
            {
                "step": "gone",
                "fetched_id": record.id,
                "fate": "gone",
                "found_text": job._say_vanished(),
                "can_load": False,
            }
        )

    def _fetch_also(self, stream, source_id):
        """Fetch a record that another one refers to; all of it is loaded together."""
        fetched = self.job_id._fetch(stream, source_id, self.record_ids.ids)
        if not fetched.is_there:
            raise UserError(
                self.env._(
                    "The source has no %(object)s %(id)s either.",
                    object=stream.label,
                    id=shorten(source_id),
                )
            )
        self._show_all(fetched.record_ids)

    def _reopen(self):
        name = self.env._("Fetch One Record Again")
        return {**self.job_id._open_dialog(name, self._name), "res_id": self.id}

    def _say(self, text):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": text,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


class CrmMigrationFetchObject(models.TransientModel):
    """How many records of an object come along, and what a load would do with them."""

    _name = "crm.migration.fetch.object"
    _description = "What Comes With a Record"
    _inherit = ["crm.migration.dialog"]
    _order = "id"

    fetch_id = fields.Many2one("crm.migration.fetch", ondelete="cascade")
    stream_id = fields.Many2one(
        "crm.migration.stream", string="Object", required=True, ondelete="cascade"
    )
    fate = fields.Selection(FATES, string="Compared")
    count = fields.Integer(string="Records")


class CrmMigrationFetchMissing(models.TransientModel):
    """A record that the fetched one refers to, and that is not loaded."""

    _name = "crm.migration.fetch.missing"
    _description = "What a Record Lacks"
    _inherit = ["crm.migration.dialog"]
    _order = "id"

    fetch_id = fields.Many2one("crm.migration.fetch", ondelete="cascade")
    stream_id = fields.Many2one(
        "crm.migration.stream", string="Object", required=True, ondelete="cascade"
    )
    source_id = fields.Char(string="Source ID", required=True)

    def action_fetch(self):
        """Fetch this one too.

        :raises UserError: says why it cannot be fetched
        """
        self.ensure_one()
        fetch = self.fetch_id
        fetch.job_id._check_manager()
        if not fetch:
            raise UserError(
                self.env._("Choose an object and enter the id of a record.")
            )
        fetch._fetch_also(self.stream_id.sudo(), self.source_id)
        return fetch._reopen()
