"""The bytes of a file of the source, or the reason why they cannot be had."""

from odoo import models
from odoo.exceptions import UserError

from ...connectors.core.errors import ConnectorError, RecordError
from ..words.messages import get_error_text

DIALOGS = ("crm.migration.job.start", "crm.migration.read.again")


class CrmMigrationJobFiles(models.AbstractModel):
    _name = "crm.migration.job.files"
    _description = "Migration: Job Files"

    def _get_config(self):
        config = super()._get_config()
        if self.takes_files:
            config["known"] = self._get_known_tables()
        return config

    def _get_known_tables(self):
        """Return what rows of files were told apart by, here or in earlier migrations.

        :return: dict, name of an object → its key, and its columns with anything in them
        """
        known = {}
        for stream in self._get_lineage().sudo().stream_ids:
            if stream.staged_count:
                filled = [
                    n for n, each in (stream.sample or {}).items() if each["filled"]
                ]
                found = {"key": stream.primary_key, "columns": sorted(filled)}
                known.setdefault(stream.name, found)
        return known

    def _check_startable(self, kind):
        super()._check_startable(kind)
        if kind in ("discover", "extract"):
            self._check_files_there()

    def _check_files_there(self):
        """Do nothing unless the files were read, and are gone since.

        What was read of them is here and can be loaded: nothing is blocked by it.

        :raises UserError: there is nothing to look at; it says what brings files again
        """
        job = self.sudo()
        if job.takes_files and not job.file_ids and job._is_looked_at():
            raise UserError(self._say_files_gone())

    def _say_files_gone(self):
        return self.env._(
            "The files were removed after they had been read. Give newer ones, or the "
            "same ones again, with Read Changes."
        )

    def _take_files(self, files):
        """Read these files, in the order in which they were uploaded.

        :param files: ``ir.attachment`` in the environment of whoever chose them
        """
        self.ensure_one()
        sudo = self.sudo()
        if not sudo.file_ids:
            earlier = sudo.predecessor_id
            sudo.is_upload_order = not earlier.takes_files or earlier.is_upload_order
        sudo.file_ids = self._adopt_files(files)

    def _sort_files(self, files):
        """Keep the order that reading began with: positions and names of tables hang on it."""
        return super()._sort_files(files) if self.is_upload_order else files

    def _replace_files(self, files):
        """Read other files from now on: a newer export of the same system.

        What was unpacked of the old ones goes.

        :param files: ``ir.attachment`` in the environment of whoever chose them
        """
        self.ensure_one()
        sudo = self.sudo()
        earlier = sudo.file_ids
        self._take_files(files)
        self._remove_work_folder()
        self._remove_files(earlier - sudo.file_ids)

    def _adopt_files(self, files):
        """Return files that belong to the migration: uploads as they are, else copies.

        What a user merely may read stays where it is and what it is: neither is it
        taken from its record, nor does it go when the migration is closed.

        :raises AccessError: the user may not read one of them
        """
        self.ensure_one()
        files.check_access("read")
        home = {
            "res_model": self._name,
            "res_id": self.id,
            # Whatever company they were uploaded in.
            "company_id": self.sudo().company_id.id,
        }
        adopted = self.env["ir.attachment"].sudo()
        for file in files.sorted("id"):
            sudo = file.sudo()
            if self._is_own(sudo):
                adopted |= sudo
            elif sudo.create_uid == files.env.user and (
                not sudo.res_id or sudo.res_model in DIALOGS
            ):
                sudo.write(home)
                adopted |= sudo
            else:
                adopted |= self._copy_file(sudo, home)
        return adopted

    def _copy_file(self, file, home):
        """Return a second attachment of the same stored bytes, which are not read."""
        copy = file.create({**home, "name": file.name, "mimetype": file.mimetype})
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE ir_attachment AS copy
               SET store_fname = file.store_fname, db_datas = file.db_datas,
                   checksum = file.checksum, file_size = file.file_size
              FROM ir_attachment AS file WHERE copy.id = %s AND file.id = %s
            """,
            [copy.id, file.id],
        )
        copy.invalidate_recordset()
        return copy

    def _is_own(self, file):
        return (file.res_model, file.res_id) == (self._name, self.id)

    def _remove_files(self, files):
        """Delete those that belong to the migration; others lose the link alone."""
        files.filtered(self._is_own).unlink()

    def _read_whole_file(self, reference, limit=None):
        """Return (bytes, None), or (None, reason) for a file that is gone or broken.

        :param limit: give up beyond that many bytes; the answer is then (None, "")
        """
        self.ensure_one()
        content = bytearray()
        try:
            for chunk in self._read_file(reference):
                content += chunk
                if limit and len(content) > limit:
                    return None, ""
        except RecordError as error:
            return None, get_error_text(self.env, error)
        return bytes(content), None

    def _peek_at_file(self, reference, foresight, limit=None, expected=None):
        """Look at the first bytes of a file.

        :return: (bytes, None) of a file that was seen whole, (None, reason) of one that is
            gone, broken or beyond the limit (""), (None, None) of one that seems fine
        """
        self.ensure_one()
        try:
            content, is_whole = foresight.peek(
                self._read_file(reference), limit, expected
            )
        except RecordError as error:
            return None, get_error_text(self.env, error)
        except ConnectorError:
            # Whatever it is (too many requests, a secret that has expired): the load will
            # say it, and wait. A dry run counts what it does not see.
            foresight.stop()
            foresight.unseen += 1
            return None, None
        if limit and len(content) > limit:
            return None, ""
        return (content if is_whole else None), None
