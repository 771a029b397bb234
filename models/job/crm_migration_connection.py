"""How a source is reached: settings in the open, secrets encrypted."""

import json
import shutil
import time
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import config as server

from ...connectors import available_sources, get_source_class
from ...connectors.core.errors import ConfigurationError
from ...connectors.core.http import has_login
from ...connectors.core.network import is_inside
from ...connectors.core.secrets import find_secrets
from ..safety import network, vault
from ..words.messages import get_error_text, translate

MANAGER = "crm_migration.crm_migration_group_manager"


KEPT = "********"
"""What the browser sees of a secret that is set; sent back, it means: keep it."""


OF_ADDRESSES = frozenset({"own_machine", "own_platform", "own_database"})
"""Codes that are known before anything was called."""


class CrmMigrationConnection(models.AbstractModel):
    """Hold the settings that a source asks for, whatever they are.

    The browser writes them through ``settings`` and reads them back without secrets.
    Mixed into what has the options of a migration (``since``, ``tz``) and ``file_ids``.
    """

    _name = "crm.migration.connection"
    _description = "Migration Connection"

    source = fields.Selection("_selection_source", required=True)
    settings_open = fields.Json(groups=MANAGER, copy=False)
    settings_secret = fields.Text(groups=fields.NO_ACCESS, copy=False)
    settings = fields.Json(
        compute="_compute_settings",
        inverse="_inverse_settings",
        groups=MANAGER,
        help="What the source needs to connect: fields with their values.",
    )
    has_credentials = fields.Boolean(compute="_compute_has_credentials")
    asks_for_secrets = fields.Boolean(compute="_compute_kind_of_source")
    takes_files = fields.Boolean(compute="_compute_kind_of_source")

    @api.model
    def _selection_source(self):
        return [
            (name, translate(self.env, source.label))
            for name, source in available_sources().items()
        ]

    @api.depends("source", "settings_open", "settings_secret")
    def _compute_settings(self):
        for record in self:
            sudo = record.sudo()
            secrets = sudo._get_secrets()
            opened = sudo.settings_open or {}
            record.settings = record.source and {
                "fields": [
                    {
                        "name": setting.name,
                        "label": translate(self.env, setting.label),
                        "kind": setting.kind,
                        "required": setting.required,
                        "help": translate(self.env, setting.help),
                        "placeholder": setting.placeholder,
                        "choices": [
                            (value, translate(self.env, label))
                            for value, label in setting.choices
                        ],
                    }
                    for setting in get_source_class(record.source).settings
                ],
                "values": {
                    setting.name: (KEPT if secrets.get(setting.name) else "")
                    if setting.is_secret
                    else opened.get(setting.name, setting.default)
                    for setting in get_source_class(record.source).settings
                },
            }

    def _inverse_settings(self):
        for record in self:
            values = (record.settings or {}).get("values") or {}
            record.sudo()._set_settings(values)
        # What was typed is not what is kept: neither a secret nor the stars of a lost one.
        self.invalidate_recordset(["settings"], flush=False)

    @api.depends("settings_secret")
    def _compute_has_credentials(self):
        for record in self:
            record.has_credentials = bool(record.sudo().settings_secret)

    @api.depends("source")
    def _compute_kind_of_source(self):
        for record in self:
            source = get_source_class(record.source) if record.source else None
            settings = source.settings if source else ()
            record.asks_for_secrets = any(setting.is_secret for setting in settings)
            record.takes_files = bool(source and source.takes_files)

    def _set_settings(self, values):
        """Store what belongs to the source; a secret given as ``KEPT`` stays.

        It stays for the address it was entered for: whoever may change the address
        could have it sent to a server of their own otherwise.
        """
        self.ensure_one()
        secrets, opened = self._get_secrets(), {}
        settings = get_source_class(self.source).settings
        if self._get_addresses(self.settings_open or {}) != self._get_addresses(values):
            # Nor has another address shown yet that the CRM stands there.
            secrets, self.login = {}, False
        for setting in settings:
            value = values.get(setting.name)
            if setting.kind == "url" and has_login(str(value or "")):
                raise UserError(self._say_login(setting))
            if not setting.is_secret:
                self._check_open(setting, value)
                opened[setting.name] = value
            elif value != KEPT:
                secrets[setting.name] = value or ""
        # An empty JSON object would be stored as NULL anyway.
        self.settings_open = opened or False
        kept = {name: value for name, value in secrets.items() if value}
        self.settings_secret = vault.encrypt(json.dumps(kept)) if kept else False

    def _check_open(self, setting, value):
        """Refuse a setting that holds a secret: it is kept and shown in the open.

        :raises UserError: says where it stands, never what it is
        """
        for place, kind in find_secrets(value, translate(self.env, setting.label)):
            raise UserError(self.env["crm.migration.plan"]._say_found(place, kind))

    @api.model
    def _say_login(self, setting):
        return self.env._(
            "%(label)s: a web address must not hold a user name or password, for it is "
            "shown and logged. Take out what stands before the @.",
            label=translate(self.env, setting.label),
        )

    def _get_addresses(self, values):
        """Return where the secrets go: setting → address, as far as it matters."""
        return {
            setting.name: setting.as_address(
                values.get(setting.name) or setting.default or ""
            )
            for setting in get_source_class(self.source).settings
        }

    def _get_secrets(self):
        """Return the secrets by name; none if they were encrypted on another server."""
        if not self.settings_secret:
            return {}
        text = vault.decrypt(self.settings_secret)
        return json.loads(text) if text else {}

    def _wipe_credentials(self):
        self.sudo().write({"settings_secret": False})

    def _get_config(self):
        """Return what the source needs, secrets included: settings, files, date limit.

        Never log it.
        """
        self.ensure_one()
        sudo = self.sudo()
        if sudo.settings_secret and vault.decrypt(sudo.settings_secret) is None:
            raise UserError(
                self.env._(
                    "The credentials were stored on another server and cannot be read "
                    "here. Please enter them again. Where several servers work on one "
                    "database, all of them need the same key (odoo.conf, section "
                    "[crm_migration], option key)."
                )
            )
        config = {**(sudo.settings_open or {}), **sudo._get_secrets()}
        if self.since:
            config["since"] = f"{self.since.isoformat()}Z"
        if get_source_class(self.source).takes_files:
            config["files"] = self._list_files()
            config["work_folder"] = self._get_work_folder()
        config.setdefault("timezone", self.tz)
        return config

    def _get_work_folder(self):
        """Return a folder on this server for what is unpacked between two batches.

        What lies in it can be made again at any time, hence it is in no backup.
        """
        folder = self._name_work_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return str(folder)

    def _name_work_folder(self):
        owner = f"{self._table}_{self.id}"
        return Path(server["data_dir"], "crm_migration", self.env.cr.dbname, owner)

    def _remove_work_folder(self):
        for record in self:
            shutil.rmtree(record._name_work_folder(), ignore_errors=True)

    def unlink(self):
        self._remove_work_folder()
        return super().unlink()

    def _list_files(self):
        """Return the uploaded files as the source takes them.

        :raises UserError: the server keeps attachments in the database
        """
        self.file_ids.check_access("read")
        files = self._sort_files(self.sudo().file_ids)
        if stored := files.filtered(
            lambda file: not file.store_fname and file.file_size
        ):
            raise UserError(
                self.env._(
                    "%(name)s is kept in the database, not on disk. Large files cannot "
                    "be read from there: ask the administrator to store attachments as "
                    "files.",
                    name=stored[0].name,
                )
            )
        return [
            {
                "name": file.name,
                "path": file._full_path(file.store_fname)
                if file.store_fname
                else self._get_empty_file(),
            }
            for file in files
        ]

    def _sort_files(self, files):
        """Return the files as they were uploaded; attachments come the last one first."""
        return files.sorted("id")

    def _get_empty_file(self):
        """Return the path of a file without bytes: Odoo stores nothing for such a one.

        So its reader says that it is empty, instead of never hearing of it.
        """
        path = Path(self._get_work_folder(), "empty")
        path.touch()
        return str(path)

    def _format_error(self, error):
        """Return (code, sentence) of what a source answered, or did not.

        Within a private network one sentence stands for all that a wrong address could
        bring: else its services could be told apart from here, by whoever may enter an
        address. What only that CRM answers is said as it is: that it knows no such
        password. Once a login has worked, so is all the rest.
        """
        host = error.data.get("host")
        is_said = self.login or error.is_own_answer or error.code in OF_ADDRESSES
        if host and not is_said and is_inside(host):
            error = ConfigurationError("not_as_expected", host=host)
        return error.code, get_error_text(self.env, error)

    def _open_source(self, seconds=None):
        """Return the connected source.

        :param seconds: how long the batch may take; None: as long as it wants
        :raises ConnectorError: the settings cannot work
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        network.apply_policy(self.env)
        return get_source_class(self.source)(self._get_config(), deadline=deadline)
