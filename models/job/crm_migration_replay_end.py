"""What the command line does once a migration is over: clean up, and close."""

from odoo import models
from odoo.exceptions import UserError

from .crm_migration_job_clean_up import DATA, PARTS
from .exit_status import ARRIVED, REFUSED, Stopped


class CrmMigrationReplayEnd(models.AbstractModel):
    """Both print first what would go, and do nothing before that is confirmed."""

    _name = "crm.migration.replay.end"
    _description = "Migration: Replay End"

    def _do_cleanup(self, options, write, report):
        parts = self._read_parts(options.get("only"))
        job = self._find_job(options, closed=True)
        self._ensure_free(job)
        dialog = self.env["crm.migration.clean.up"].create({"job_id": job.id})
        lines = dialog._get_lines().filtered(
            lambda line: parts is None or {line.kind, (line.kind, line.key)} & parts
        )
        write("\n".join(line._format() for line in lines))
        going = lines.filtered("is_offered")
        if not going:
            write(self.env._("There is nothing more to clean up."))
            return ARRIVED
        if not options.get("confirm"):
            text = self.env._("Nothing is removed yet. Confirm with --confirm.")
            raise Stopped(REFUSED, text)
        try:
            told = job._clean_up({(line.kind, line.key) for line in going})
        except UserError as error:
            raise Stopped(REFUSED, str(error)) from None
        self._keep()
        write("\n".join(told))
        return ARRIVED

    def _read_parts(self, text):
        """Return kinds, and pairs (kind, key) of data, that are asked for; None: all.

        :raises Stopped: there is no such part
        """
        if not text:
            return None
        parts = set()
        for name in filter(None, map(str.strip, text.split(","))):
            if name not in PARTS:
                raise Stopped(
                    REFUSED,
                    self.env._(
                        "There is no %(name)s to clean up. There are: %(known)s.",
                        name=name,
                        known=", ".join(PARTS),
                    ),
                )
            keys = PARTS[name]
            parts |= {keys} if isinstance(keys, str) else {(DATA, key) for key in keys}
        return parts

    def _do_close(self, options, write, report):
        job = self._find_job(options)
        self._ensure_free(job)
        close = self.env["crm.migration.close"].create({"job_id": job.id})
        write(close._format_wiped())
        if options.get("confirm") != job.name:
            text = self.env._(
                "Nothing is wiped yet. It cannot be undone: confirm with --confirm “%(job)s”.",
                job=job.name,
            )
            raise Stopped(REFUSED, text)
        job._close()
        self._keep()
        write(job.closed_text)
        return ARRIVED
