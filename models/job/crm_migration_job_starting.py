"""Who may start what of a migration and when, and what follows from what came out.

The rights themselves are checked in ``safety/crm_migration_rights.py``.
"""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...connectors.core.errors import ConnectorError
from ..words.messages import agreed, format_message, get_advice, label_stream
from .crm_migration_job_delta import WRITING
from .kinds import ALIVE, SIGNED

PHASE_AFTER = {
    "discover": "map",
    "extract": "review",
    "load": "verify",
    "verify": "done",
    "rollback": "review",
}


PHASE_DURING = {
    "discover": "discover",
    "extract": "extract",
    "load": "load",
    "verify": "verify",
}


CHECK_SECONDS = 20


class CrmMigrationJobStarting(models.AbstractModel):
    """From the first look at the source to the proof."""

    _name = "crm.migration.job.starting"
    _description = "Migration: Job Starting"

    # -- reading ---------------------------------------------------------------

    def _check_source(self, source):
        """Return the answer of the source in plain words, as (level, code, text)."""
        result = source.check()
        labels = self._label_objects(source)
        lines = [
            (finding.level, finding.code, self._format_finding(finding, labels))
            for finding in result.findings
        ]
        told = result.login and any(
            result.login in text for _level, _code, text in lines
        )
        if result.login and not told:
            who = self.env._("Connected as %(login)s.", login=result.login)
            lines.insert(0, ("passed", "connected", who))
        return result, lines

    def _label_objects(self, source):
        """Return the technical name of an object → what the screens call it."""
        try:
            streams = source.get_streams()
        except ConnectorError:
            # What the check has found is said all the same.
            streams = source.streams
        return {stream.name: label_stream(self.env, stream) for stream in streams}

    def _format_finding(self, finding, labels):
        data = {"sentence": finding.text, **finding.data}
        if isinstance(data.get("stream"), str):
            data["stream"] = labels.get(data["stream"], data["stream"])
        return format_message(self.env, finding.code, data)[0]

    def action_check_connection(self):
        """Ask the source who we are and what we may not see; keep the answers.

        :raises UserError: its files were read and are gone
        """
        self.ensure_one()
        sudo = self._as_manager()
        sudo._check_files_there()
        try:
            source = sudo._open_source(CHECK_SECONDS)
            try:
                result, lines = sudo._check_source(source)
                sudo._recognize_system(source)
            finally:
                source.close()
        except ConnectorError as error:
            lines = [("blocking", *sudo._format_error(error))]
        else:
            sudo.write({"login": result.login, "version": result.version})
        sudo.check_ids.filtered(lambda c: c.code.startswith("source.")).unlink()
        sudo.check_ids.create(
            [
                {
                    "job_id": self.id,
                    "code": f"source.{code}",
                    "level": level,
                    "text": text,
                    "cure": level != "passed" and get_advice(self.env, code),
                }
                for level, code, text in lines
            ]
        )
        return not any(level == "blocking" for level, _code, _text in lines)

    def _ensure_streams(self):
        """List what the source has; what is listed already keeps its choices."""
        source = self._open_source(CHECK_SECONDS)
        try:
            streams = source.get_streams()
        finally:
            source.close()
        known = {stream.name: stream for stream in self.stream_ids}
        self.stream_ids.create(
            [
                {
                    "job_id": self.id,
                    "sequence": position,
                    "name": stream.name,
                    "label": label_stream(self.env, stream),
                    "derived_from": stream.derived_from,
                    "selected": not stream.optional,
                }
                for position, stream in enumerate(streams)
                if stream.name not in known
            ]
        )

    def _read_file(self, reference):
        """Yield the bytes of a file of the source.

        :raises RecordError: the file is gone or incomplete
        """
        source = self._open_source()
        try:
            yield from source.read_file(reference)
        finally:
            source.close()

    # -- buttons ---------------------------------------------------------------

    def action_discover(self):
        if not self.action_check_connection():
            return self._notify_blocked()
        return bool(self._start_run("discover"))

    def action_extract(self):
        return bool(self._start_run("extract"))

    def action_read_again(self):
        """Read the source anew, from the first page on: new, changed and vanished."""
        return bool(self._start_run("extract", {"again": True}))

    def action_transform(self):
        return bool(self._start_run("transform"))

    def action_dry_run(self):
        return bool(self._start_run("dry_run"))

    def action_load(self):
        return bool(self._start_run("load"))

    def action_verify(self):
        return bool(self._start_run("verify"))

    def _notify_blocked(self):
        reasons = self.sudo().check_ids.filtered(lambda c: c.level == "blocking")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger",
                "sticky": True,
                "title": self.env._("This cannot start yet"),
                "message": "\n".join(reasons.mapped("text")),
            },
        }

    # -- who may start, and when -----------------------------------------------

    def _start_run(self, kind, parameters=None):
        """Begin a pass and wake the scheduler.

        :raises AccessError: only a migration manager may do this
        :raises UserError: another pass of this migration is still going on
        """
        self.ensure_one()
        sudo = self._as_manager()
        if not sudo._try_lock():
            raise UserError(self.env._("This migration is busy. Try again shortly."))
        if sudo.run_id.state in ALIVE:
            raise UserError(
                self.env._(
                    "This migration is still at work. Cancel or resume it first."
                )
            )
        self._check_startable(kind)
        run = sudo.run_ids.create(
            {
                "job_id": self.id,
                "kind": kind,
                "user_id": self.env.uid,
                "parameters": parameters or False,
            }
        )
        sudo.write({"run_id": run.id, "phase": PHASE_DURING.get(kind, sudo.phase)})
        sudo._get_cron()._trigger()
        return run

    def _check_startable(self, kind):
        """Name what must be done first, in one sentence.

        :raises UserError: the pass makes no sense yet
        """
        sudo = self.sudo()
        if kind != "rollback":
            sudo._check_not_closed()
        if kind in WRITING:
            sudo._check_not_frozen()
        if kind in ("extract", "discover") and not sudo.source:
            raise UserError(self.env._("Choose a source first."))
        if kind in ("dry_run", "load") and not self._count_records([]):
            raise UserError(self._format_nothing_read())
        blocking = sudo._get_blocking_checks()
        if kind == "load" and blocking:
            raise UserError("\n".join(blocking.mapped("text")))
        if kind in SIGNED:
            self._check_decided()
            self._check_signed()
        sudo.invalidate_recordset(["loaded_count"])
        if kind == "verify" and not sudo.loaded_count:
            raise UserError(self.env._("Nothing has been loaded yet."))

    def _format_nothing_read(self):
        """Say why there is nothing to load: it was not read yet, or has no records."""
        read = [
            ("job_id", "=", self.id),
            ("kind", "=", "extract"),
            ("state", "=", "done"),
        ]
        if self.env["crm.migration.run"].sudo().search_count(read, limit=1):
            return self.env._("The source has no records: there is nothing to load.")
        return self.env._("Nothing has been read yet. Extract first.")

    def _check_decided(self):
        # The counts shown are cached; what decides is asked anew.
        self.sudo().invalidate_recordset(["duplicate_open_count", "owner_open_count"])
        duplicates = self.sudo().duplicate_open_count
        if duplicates:
            raise UserError(self._format_duplicates(duplicates))
        owners = self.sudo().owner_open_count
        if owners and self.owner_policy == "wait":
            raise UserError(self._format_owners(owners))

    def _count_records(self, domain):
        return self.env["crm.migration.record"].search_count(
            [("job_id", "=", self.id), *domain], limit=1
        )

    def _after_run(self, run):
        """Move the statusbar on, and tell the followers what came out."""
        if phase := PHASE_AFTER.get(run.kind):
            # Behind a sample the load itself is still to come, as are changes that were
            # waiting when a single record was loaded.
            self.invalidate_recordset(["is_sample"])
            waits = (run.parameters or {}).get("phase") == "review"
            self.phase = "review" if self.is_sample or waits else phase
        if self.closed_at:
            self.phase = "done"  # what is taken back cannot be loaded again
        self.invalidate_recordset(["is_verified"])
        if run.kind == "load":
            run.model_sums = self._count_models(run)
            # Like the dry run before it: also what was skipped before it began.
            run.skipped_count = sum(run.result_ids.mapped("skipped_count"))
        if run.kind == "verify":
            self._settle_phase()
        kind = run.with_env(self.env)._format_kind()
        self.message_post(body=self._format_result(run, kind))
        self._follow(run)

    def _format_result(self, run, kind):
        """Return what came of a pass, in one or two sentences."""
        if run.kind in ("load", "dry_run"):
            return self._format_sums(run, kind)
        return self._format_end(run, kind)

    def _format_sums(self, run, kind):
        names = ("created", "updated", "merged", "skipped", "failed")
        sums = {
            name: formatLang(self.env, run[f"{name}_count"], digits=0) for name in names
        }
        sums["kind"] = kind
        if run.kind == "dry_run":
            text = self.env._(
                "%(kind)s finished, nothing was kept. A load would end like this: "
                "%(created)s created, %(updated)s updated, %(merged)s merged, "
                "%(skipped)s skipped, %(failed)s failed.",
                **sums,
            )
            return f"{text} {self._format_estimate()}".strip()
        return self.env._(
            "%(kind)s finished: %(created)s created, %(updated)s updated, "
            "%(merged)s merged, %(skipped)s skipped, %(failed)s failed.",
            **sums,
        )

    def _format_end(self, run, kind):
        finished = self.env._("%(kind)s finished.", kind=kind)
        if run.kind == "extract":
            return f"{finished} {self._format_reading()}"
        self.sudo().invalidate_recordset(["loaded_count"])
        if run.kind == "rollback" and (kept := self.sudo().loaded_count):
            text = self.env._(
                "%(count)s [[count|record|records]] loaded by this migration [[count|is|are]] still in Odoo.",
                count=kept,
            )
            return f"{finished} {agreed(self.env, text, {'count': kept})}"
        if run.kind != "verify":
            return finished
        still_open = self._format_open(*self._count_open())
        settled = self.env._("No value differs, and each one is accounted for.")
        if wiped := self.env["crm.migration.record"]._say_uncompared(self):
            settled = self.env._("Nothing else differs.")
        told = filter(None, (finished, wiped, still_open or settled))
        return " ".join(told)
