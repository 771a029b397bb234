"""The dialog that begins a migration: source, connection, objects, options."""

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..connectors import available_sources, get_source_class
from ..connectors.core.errors import ConnectorError
from ..models.job.crm_migration_job_starting import CHECK_SECONDS
from ..models.job.crm_migration_options import OPTIONS
from ..models.words.messages import (
    format_message,
    get_advice,
    label_stream,
    translate,
)
from .crm_migration_table_object import CUSTOM, LEAVE_OUT

_logger = logging.getLogger(__name__)

LEVELS = ("blocking", "warning", "passed")
"""What stands in the way is read first."""

STEPS = ("source", "connect", "objects", "options")


class CrmMigrationJobStart(models.TransientModel):
    """Keep what was typed from step to step; nothing exists before the last button."""

    _name = "crm.migration.job.start"
    _description = "New Migration"
    _inherit = [
        "crm.migration.options",
        "crm.migration.anonymize",
        "crm.migration.connection",
        "crm.migration.table.preview",
        "crm.migration.dialog",
    ]
    # Once a login has worked, a private address answers in its own words; and what is
    # kept in the open goes through ``settings``, which looks for secrets.
    _written_by_itself = frozenset({"login", "version", "preview", "settings_open"})

    step = fields.Selection(
        [
            ("source", "Source"),
            ("connect", "Connection"),
            ("objects", "Objects"),
            ("options", "Options"),
        ],
        default="source",
        required=True,
    )
    # Asked for by the first step, hence not required by the database.
    source = fields.Selection(required=False)
    source_cards = fields.Json(compute="_compute_source_cards")
    takes_files = fields.Boolean(compute="_compute_takes_files")
    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    file_ids = fields.Many2many("ir.attachment", string="Add Files")
    predecessor_id = fields.Many2one(
        "crm.migration.job",
        string="Continues",
        context={"active_test": False},
        domain="[('source', '=', source), ('company_id', '=', company_id),"
        " ('active', 'in', (True, False))]",
        help="An earlier migration from the same system. Its records are recognized by "
        "their ids: they are updated instead of being loaded twice. A system that is "
        "reached by an address is found by itself.",
    )
    preview = fields.Json(readonly=True)
    login = fields.Char(readonly=True)
    version = fields.Char(readonly=True)
    finding_ids = fields.One2many(
        "crm.migration.job.start.finding", "start_id", readonly=True
    )
    line_ids = fields.One2many("crm.migration.job.start.line", "start_id")

    def _compute_source_cards(self):
        self.source_cards = [
            {
                "name": name,
                "label": translate(self.env, source.label),
                "summary": translate(self.env, source.summary),
            }
            for name, source in available_sources().items()
        ]

    @api.depends("source")
    def _compute_takes_files(self):
        for start in self:
            start.takes_files = (
                bool(start.source) and get_source_class(start.source).takes_files
            )

    @api.depends("source")
    def _compute_name(self):
        labels = dict(self._selection_source())
        day = fields.Date.context_today(self)
        for start in self:
            source = labels.get(start.source)
            start.name = source and start._make_name(
                source, format_date(start.env, day)
            )

    def _make_name(self, source, day):
        """Return a name for a migration that no other one has, those closed included."""
        name = self.env._("%(system)s, %(day)s", system=source, day=day)
        jobs = self.env["crm.migration.job"].with_context(active_test=False)
        taken = set(jobs.search([("name", "=like", f"{name}%")]).mapped("name"))
        numbers = (f"{name} ({number})" for number in range(2, len(taken) + 3))
        return next(each for each in (name, *numbers) if each not in taken)

    @api.onchange("file_ids", "anonymize")
    def _onchange_file_ids(self):
        """Take back what was said of the files, or the people, as they were before."""
        self.finding_ids = False

    def write(self, vals):
        """Forget what was typed for another source: it is nobody else's business."""
        changed = self.filtered(
            lambda start: start.source and start.source != vals.get("source")
        )
        if "source" in vals and changed:
            changed.sudo().write(
                {
                    "settings_open": False,
                    "settings_secret": False,
                    "preview": False,
                    "login": False,
                    "version": False,
                }
            )
            changed.finding_ids.unlink()
            changed.line_ids.unlink()
            vals = {name: value for name, value in vals.items() if name != "settings"}
        if vals.get("anonymize"):
            # Real people stand in what was shown so far.
            self.filtered("preview").sudo().write({"preview": False})
        return super().write(vals)

    def _inverse_settings(self):
        # The first step is saved before a source is chosen.
        return super(CrmMigrationJobStart, self.filtered("source"))._inverse_settings()

    # -- steps -------------------------------------------------------------------

    def action_back(self):
        self.ensure_one()
        self.step = STEPS[max(STEPS.index(self.step) - 1, 0)]
        return self._reopen()

    def action_next(self):
        """Go to the next step if this one is complete; else say what is missing."""
        self.ensure_one()
        if not self.source:
            raise UserError(self.env._("Choose where the data comes from."))
        if self.step == "connect" and not self._check_and_show():
            return self._reopen()
        if self.step == "objects" and not any(self.line_ids.mapped("selected")):
            raise UserError(self.env._("Choose at least one object."))
        self.step = STEPS[min(STEPS.index(self.step) + 1, len(STEPS) - 1)]
        return self._reopen()

    def _check_and_show(self):
        """Check; tell whether to go on. A warning is seen once before it is passed by."""
        seen = set(self.finding_ids.mapped("text"))
        if not self._check():
            return False
        warnings = self.finding_ids.filtered(lambda line: line.level == "warning")
        self._ensure_named_objects()
        return seen.issuperset(warnings.mapped("text"))

    def _ensure_named_objects(self):
        """Refuse an object of its own that nobody has given a name.

        :raises UserError: names the tables
        """
        nameless = [
            table["name"]
            for table in self.preview or []
            if table.get("choice") == CUSTOM and not table["custom_object"]
        ]
        if nameless:
            raise UserError(
                self.env._(
                    "Say what the records of these tables are called: %(tables)s.",
                    tables=", ".join(nameless),
                )
            )

    def action_check(self):
        """Ask the source within seconds who we are and what we may not see."""
        self.ensure_one()
        self._check()
        return self._reopen()

    def action_select_all(self):
        self.line_ids.selected = True
        return self._reopen()

    def action_select_none(self):
        self.line_ids.selected = False
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Migration"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {**self.env.context, "dialog_size": "extra-large"},
        }

    # -- check -------------------------------------------------------------------

    def _check(self):
        """Ask the source, keep its answer in plain words, list its objects.

        :return: whether nothing stands in the way
        """
        self.env["crm.migration.job"]._check_manager()
        if self.takes_files and not self.file_ids:
            self.sudo().preview = False
            text = self.env._("Add at least one file.")
            self._keep_answer([("blocking", "no_file", text)], ())
            return False
        self.sudo().preview = self._get_preview_of(self)
        streams = ()
        try:
            source = self._open_source(CHECK_SECONDS)
            try:
                job = self.env["crm.migration.job"]
                result, lines = job._check_source(source)
                streams = source.get_streams()
            finally:
                source.close()
        except ConnectorError as error:
            lines = [("blocking", *self._format_error(error))]
        except UserError:
            raise
        except Exception as error:  # the boundary: whatever is typed gets an answer
            kind = type(error).__name__
            # Without the message: it may repeat a secret.
            _logger.error("The check of %s failed: %s", self.source, kind)
            words = format_message(self.env, "check_failed", {"kind": kind})
            lines = [("blocking", "check_failed", " ".join(words))]
        else:
            self.sudo().write({"login": result.login, "version": result.version})
            if result.timezone in dict(self._selection_tz()):
                self.tz = result.timezone
        self._keep_answer(lines, streams)
        return not any(level == "blocking" for level, _code, _text in lines)

    def _keep_answer(self, lines, streams):
        self.finding_ids.unlink()
        self.finding_ids.create(
            [
                {
                    "start_id": self.id,
                    "level": level,
                    "text": text,
                    "cure": level != "passed" and get_advice(self.env, code),
                }
                for level, code, text in sorted(
                    lines, key=lambda line: LEVELS.index(line[0])
                )
            ]
        )
        self._list_objects(streams)

    def _list_objects(self, streams):
        """Show the objects of the source; what was chosen before stays chosen."""
        if not streams:
            return
        chosen = {
            line.name: line.selected for line in self.line_ids if not line.is_unwanted
        }
        unwanted = {
            table["stream"]
            for table in self.preview or []
            if table.get("choice") == LEAVE_OUT
        }
        self.line_ids.unlink()
        self.line_ids.create(
            [
                {
                    "start_id": self.id,
                    "sequence": position,
                    "name": stream.name,
                    "label": label_stream(self.env, stream),
                    "derived_from": stream.derived_from,
                    "is_unwanted": stream.name in unwanted,
                    "selected": stream.name not in unwanted
                    and chosen.get(stream.name, not stream.optional),
                }
                for position, stream in enumerate(streams)
            ]
        )

    # -- the end -----------------------------------------------------------------

    def action_start(self):
        """Create the migration, begin its discovery, and open it."""
        self.ensure_one()
        jobs = self.env["crm.migration.job"]
        jobs._check_manager()
        if not (self.name or "").strip():
            raise UserError(self.env._("Give the migration a name."))
        job = jobs.sudo().create(self._prepare_job()).sudo(False)
        job._take_files(self.file_ids)
        job.action_discover()
        # The migration has them now: nowhere else is anything to be wiped.
        self.sudo().write({"settings_secret": False, "preview": False})
        return {
            "type": "ir.actions.act_window",
            "res_model": job._name,
            "res_id": job.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }

    def _prepare_job(self):
        sudo = self.sudo()
        return {
            "name": self.name,
            "source": self.source,
            "settings_open": sudo.settings_open,
            "settings_secret": sudo.settings_secret,
            "login": self.login,
            "version": self.version,
            "predecessor_id": self.predecessor_id.id,
            "stream_ids": [
                fields.Command.create(line._prepare_stream()) for line in self.line_ids
            ],
            **{
                name: self._fields[name].convert_to_write(self[name], self)
                for name in OPTIONS
            },
        }
