"""A rehearsal without personal data: the secret of the invented people, and the files."""

from contextlib import suppress
from functools import partial
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...connectors.anonymize import Anonymized, get_placeholder
from ..safety import vault
from ..words.clean_up import INVENTED


class CrmMigrationJobAnonymize(models.AbstractModel):
    """The secret is kept as credentials are, and wiped with them."""

    _name = "crm.migration.job.anonymize"
    _description = "Migration: Job Anonymize"
    _inherit = ["crm.migration.anonymize"]

    anonymize_salt = fields.Text(groups=fields.NO_ACCESS, copy=False)
    anonymize_kinds = fields.Json(
        groups=fields.NO_ACCESS,
        copy=False,
        help="What each member of the source holds, as it was decided at first.",
    )

    # -- when it may be chosen ---------------------------------------------------

    def write(self, vals):
        """Refuse to switch it once anything of the source is kept here.

        :raises UserError: real and invented people would be mixed
        """
        if "anonymize" in vals:
            for job in self.filtered(lambda j: j.anonymize != bool(vals["anonymize"])):
                if job.sudo()._is_looked_at():
                    raise UserError(
                        job.env._(
                            "“%(job)s” has been read already. “Anonymize People” is "
                            "chosen before: begin a new migration.",
                            job=job.name,
                        )
                    )
        return super().write(vals)

    def _is_looked_at(self):
        """Tell whether anything that stood in the source is kept: samples, records, links."""
        return bool(
            any(stream.sample for stream in self.stream_ids)
            or self._count_records([])
            or self.loaded_count
        )

    @api.constrains("predecessor_id", "anonymize")
    def _check_same_people(self):
        """Refuse to go on with invented people where real ones are, and the reverse."""
        for job in self.filtered("predecessor_id"):
            earlier = job.predecessor_id.sudo()
            if earlier.anonymize != job.anonymize:
                raise ValidationError(
                    job.env._(
                        "%(job)s cannot continue %(earlier)s: only one of them "
                        "anonymizes people, and the records are the same ones.",
                        job=job.name,
                        earlier=earlier.name,
                    )
                )
            if job.anonymize and not earlier.anonymize_salt:
                raise ValidationError(earlier._say_salt_gone())

    def _say_files_gone(self):
        if not self.anonymize:
            return super()._say_files_gone()
        return self.env._(
            "The files were removed once they were read, because this "
            "migration anonymizes people. Give newer ones, or the same ones "
            "again, with Read Changes."
        )

    # -- the secret --------------------------------------------------------------

    def _get_salt(self):
        """Return the secret, made when it is first needed.

        :raises UserError: it is gone, and other people would be invented
        """
        self.ensure_one()
        job = self.sudo()
        if not job.anonymize_salt:
            if job._is_looked_at():
                raise UserError(job._say_salt_gone())
            job._make_salt()
        salt = vault.decrypt(job.anonymize_salt)
        if salt is None:
            raise UserError(job._say_salt_gone())
        return bytes.fromhex(salt)

    def _make_salt(self):
        """Take over the secret of the migration that this one continues, else make one."""
        earlier = self.predecessor_id
        salt = earlier._get_salt() if earlier else self._invent_salt()
        self.anonymize_salt = vault.encrypt(salt.hex())
        self.anonymize_kinds = earlier.anonymize_kinds

    def _say_salt_gone(self):
        return self.env._(
            "“%(job)s” anonymizes people, and the secret they were invented with is wiped "
            "or was kept on another server: other people would be read now. Begin a new "
            "migration.",
            job=self.name,
        )

    def _get_known_kinds(self):
        return dict(self.sudo().anonymize_kinds or {})

    def _keep_kinds(self, kinds):
        self.sudo().anonymize_kinds = kinds

    def _wipe_credentials(self):
        super()._wipe_credentials()
        self.sudo().write({"anonymize_salt": False})

    def _has_credentials(self):
        return super()._has_credentials() or bool(self.sudo().anonymize_salt)

    def _get_data_words(self, to_come):
        words = super()._get_data_words(to_come)
        if self.anonymize:
            words["credentials"][1] = self.env._(INVENTED)
        return words

    # -- what stands elsewhere ---------------------------------------------------

    def _take_files(self, files):
        """Forget the texts that Odoo keeps of files in order to search in them."""
        super()._take_files(files)
        if self.anonymize:
            self.sudo().file_ids.filtered(self._is_own).index_content = False

    def _read_file(self, reference):
        """Yield something of the kind of a file: the file itself is not asked for."""
        if not self.anonymize:
            yield from super()._read_file(reference)
            return
        yield get_placeholder(reference.get("name") or reference.get("path"))

    def _forget_files(self):
        """Remove the files of the source at once: real people stand in them."""
        self.ensure_one()
        if not (self.anonymize and self.file_ids):
            return
        own = self.file_ids.filtered(self._is_own)
        paths = {
            f.store_fname: f._full_path(f.store_fname) for f in own if f.store_fname
        }
        self._remove_files(own)
        self.file_ids = False
        self._remove_work_folder()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT store_fname FROM ir_attachment WHERE store_fname = ANY(%s)",
                list(paths),
            )
        )
        shared = {row[0] for row in self.env.cr.fetchall()}
        alone = [path for name, path in paths.items() if name not in shared]
        # Odoo would leave the bytes where they are until its daily clean-up.
        self.env.cr.postcommit.add(partial(_remove_from_disk, alone))

    def _disguise_plan(self):
        """Let what a plan says of owners and values be about the invented people.

        What it decides about values that stay as they are is taken over as it is.
        """
        self.ensure_one()
        if not self.plan or not self.anonymize:
            return
        plan, salt = dict(self.plan), self._get_salt()
        for member in ("owners", "values"):
            rows = plan.get(member) or []
            plan[member] = [Anonymized.disguise_row(salt, row) for row in rows]
        self.plan = plan


def _remove_from_disk(paths):
    for path in map(Path, paths):
        with suppress(FileNotFoundError):
            path.unlink()
