"""Replay a migration without a browser, and say with one number how it ended."""

import mimetypes
import secrets

from odoo import api, models
from odoo.exceptions import UserError

from ...connectors import get_source_class
from ..odoo.ir_attachment import UNINDEXED
from ..odoo.registry import at_present
from .crm_migration_connection import KEPT
from .exit_status import ARRIVED, INCOMPLETE, REFUSED, STOPPED, Stopped
from .kinds import ALIVE

UNUSED = ("source.option_unused",)
"""What the source warns of that a plan cannot mean."""
LOADING, REHEARSING = ("load", "verify"), ("dry_run",)


class CrmMigrationReplay(models.AbstractModel):
    """Each action returns an exit status; everything said goes through ``write``."""

    _name = "crm.migration.replay"
    _description = "Migration Replay"
    _inherit = [
        "crm.migration.replay.fetch",
        "crm.migration.replay.summary",
        "crm.migration.replay.end",
    ]

    @api.model
    def _replay(self, action, options, write, report=None):
        """Carry out an action of the command line.

        :param options: dict: ``plan``, ``secrets``, ``files`` (pairs name, bytes),
            ``job``, ``dry_run``, ``vanished``, ``object``, ``also_changed``,
            ``read_only``, ``cut_over``, ``confirm``, ``id``, ``only``
        :param write: called with each text
        :param report: called before each pass; returns what is called with the run
            after each batch
        :return: int, the exit status
        """
        try:
            return getattr(self, f"_do_{action}")(options, write, report)
        except Stopped as stop:
            write(stop.text)
            return stop.status

    # -- actions -----------------------------------------------------------------

    def _do_run(self, options, write, report):
        try:
            self.env["crm.migration.plan"]._check(options["plan"], options["secrets"])
            self._check_files(options["plan"]["source"], options["files"])
        except UserError as error:
            raise Stopped(REFUSED, str(error)) from None
        jobs = self.env["crm.migration.job"]
        for sentence in self.env["crm.migration.plan.differences"]._list(
            options["plan"]
        ):
            write(sentence)
        files = self._keep_files(options["files"])
        job = jobs._import_plan(options["plan"], options["secrets"], files)
        self._keep()
        kinds = ("discover", "extract", *self._get_last_kinds(options))
        return self._work(job, kinds, options, write, report)

    def _do_sample(self, options, write, report):
        wanted = {
            "stream": options.get("object"),
            "size": 25 if options.get("count") is None else options["count"],
            "seed": options.get("seed") or secrets.token_hex(4),
            "filter": None,
        }
        if not 1 <= wanted["size"] <= 10_000:
            text = self.env._("Choose a number from 1 to 10,000.")
            raise Stopped(REFUSED, text)
        return self._do_run({**options, "sample": wanted}, write, report)

    def _do_resume(self, options, write, report):
        job = self._find_job(options)
        last = job.run_id
        chain = ("discover", "extract", *self._get_last_kinds(options))
        # What is no step of its own belongs to the one before the load.
        step = "extract" if last.kind in ("transform", "dry_run") else last.kind
        if last.kind == "rollback" or last._get_chosen() is not None:
            kinds = ()
        elif step in chain:
            kinds = chain[chain.index(step) + (last.state != "cancelled") :]
        else:
            kinds = chain
        running = last if last.state in ALIVE else None
        if wanted := last._get_sample():
            options = {**options, "sample": wanted}
        if job.is_sample and not running and last.state == "done":
            # The sample is kept, and the rest is loaded.
            kinds = self._get_last_kinds(options)
            options = {**options, "sample": None}
        if not running and not kinds:
            text = self.env._(
                "“%(job)s” has nothing to go on with: its last run came to its end.",
                job=job.name,
            )
            raise Stopped(REFUSED, text)
        return self._work(job, kinds, options, write, report, running)

    def _do_read_again(self, options, write, report):
        job = self._find_job(options)
        self._ensure_free(job)
        self._ensure_open(job)
        if not job.reading and not job.record_count:
            text = self.env._("“%(job)s” was never read.", job=job.name)
            raise Stopped(REFUSED, text)
        try:
            if options["files"]:
                self._check_files(job.source, options["files"])
                job._replace_files(self._keep_files(options["files"]))
            if options["secrets"]:
                self._renew_secrets(job, options["secrets"])
        except UserError as error:
            raise Stopped(REFUSED, str(error)) from None
        if options.get("vanished"):
            job.vanished_policy = options["vanished"]
        self._ensure_connection(job)
        self._keep()
        kinds = ("extract", *self._get_last_kinds(options))
        if options.get("read_only"):
            kinds = ("extract",)
        return self._work(job, kinds, {**options, "again": True}, write, report)

    def _do_delta(self, options, write, report):
        return self._do_read_again({**options, "delta": True}, write, report)

    def _do_propose(self, options, write, report):
        job = self._find_job(options)
        self._ensure_free(job)
        if not job.mapping_ids:
            text = self.env._("“%(job)s” has no mapping yet.", job=job.name)
            raise Stopped(REFUSED, text)
        self._ensure_connection(job)
        self._keep()
        run = job._start_run("discover", {"renew": True})
        try:
            self._go_on(run, write, report)
        except UserError as error:
            raise Stopped(STOPPED, str(error)) from None
        write(at_present(job)._format_renewal(at_present(run)))
        write(self.env._("The next load applies it: read-again, or resume."))
        return ARRIVED

    def _do_verify(self, options, write, report):
        job = self._find_job(options)
        self._ensure_free(job)
        if not job.loaded_count:
            text = self.env._("“%(job)s” has loaded nothing.", job=job.name)
            raise Stopped(REFUSED, text)
        return self._work(job, ("verify",), options, write, report)

    def _do_plan(self, options, write, report):
        write(self._find_job(options)._get_plan_file())
        return ARRIVED

    def _do_rollback(self, options, write, report):
        job = self._find_job(options)
        self._ensure_free(job)
        if not job.loaded_count:
            text = self.env._("“%(job)s” has loaded nothing.", job=job.name)
            raise Stopped(REFUSED, text)
        parameters = {"changed": True} if options.get("also_changed") else {}
        if name := options.get("object"):
            if name not in job.stream_ids.mapped("name"):
                text = self.env._(
                    "“%(job)s” has no object %(name)s. It has: %(known)s.",
                    job=job.name,
                    name=name,
                    known=", ".join(job.stream_ids.mapped("name")),
                )
                raise Stopped(REFUSED, text)
            parameters["stream"] = name
        try:
            run = job._start_run("rollback", parameters or None)
            self._go_on(run, write, report)
        except UserError as error:
            raise Stopped(STOPPED, str(error)) from None
        job, run = at_present(job), at_present(run)
        write(job._format_result(run, run._format_kind()))
        return INCOMPLETE if job.loaded_count and not name else ARRIVED

    def _keep(self):
        """Keep what was done so far, as the scheduler would."""
        self.env["ir.cron"]._commit_progress()

    def _get_last_kinds(self, options):
        return REHEARSING if options.get("dry_run") else LOADING

    # -- what it works on ----------------------------------------------------------

    def _find_job(self, options, closed=False):
        """Return the migration that is meant: the newest one, unless its id is given.

        :param closed: one that is given may be closed
        :raises Stopped: there is none, or it is closed
        """
        jobs = self.env["crm.migration.job"].with_context(active_test=False)
        wanted = options.get("job")
        domain = [("active", "=", True)] if wanted is None else [("id", "=", wanted)]
        job = jobs.search(domain, order="id desc", limit=1)
        if not job:
            raise Stopped(REFUSED, self.env._("There is no such migration here."))
        if not job.active and not closed:
            text = self.env._(
                "“%(job)s” is closed: its credentials and its data are wiped. Run a "
                "plan from the same system; what was loaded is recognized.",
                job=job.name,
            )
            raise Stopped(REFUSED, text)
        return job.with_context(active_test=True)

    def _ensure_free(self, job):
        if job.run_id.state in ALIVE:
            text = self.env._(
                "“%(job)s” has a run that is not at its end. Resume it first.",
                job=job.name,
            )
            raise Stopped(REFUSED, text)

    def _ensure_open(self, job):
        try:
            job._check_not_frozen()
        except UserError as error:
            raise Stopped(REFUSED, str(error)) from None

    def _check_files(self, source, files):
        takes = get_source_class(source).takes_files
        if takes and not files:
            raise UserError(self.env._("This source reads files: give them by --file."))
        if files and not takes:
            raise UserError(self.env._("This source reads no files."))
        if empty := [name for name, content in files if not content]:
            names = ", ".join(empty)
            raise UserError(self.env._("There is nothing in %(names)s.", names=names))

    def _keep_files(self, files):
        kept = self.env["ir.attachment"].with_context(**{UNINDEXED: True})
        kept = kept.create(
            [
                {
                    "name": name,
                    "raw": content,
                    "mimetype": mimetypes.guess_type(name)[0],
                }
                for name, content in files
            ]
        )
        return kept.with_env(self.env)

    def _renew_secrets(self, job, given):
        """Take the secrets that are given; the others stay as they are stored."""
        stored = {
            setting.name: KEPT
            for setting in get_source_class(job.source).settings
            if setting.is_secret
        }
        job._set_settings({**(job.settings_open or {}), **stored, **given})

    def _ensure_connection(self, job):
        """Ask the source who we are.

        :raises Stopped: it does not answer, or the settings cannot work
        """
        if job.action_check_connection():
            return
        blocking = job.check_ids.filtered(lambda check: check.level == "blocking")
        codes = set(blocking.mapped("code"))
        is_usage = codes <= {"source.missing_setting", "source.bad_setting"}
        raise Stopped(
            REFUSED if is_usage else STOPPED, "\n".join(blocking.mapped("text"))
        )

    def _ensure_used(self, job):
        """Stop where settings of the plan speak of what was not given: files."""
        unused = job.check_ids.filtered(lambda check: check.code in UNUSED)
        if unused:
            raise Stopped(REFUSED, "\n".join(unused.mapped("text")))

    def _ensure_known_objects(self, job):
        """Stop where the plan wants objects that the source does not have."""
        wanted = [
            name
            for name, is_on in ((job.plan or {}).get("streams") or {}).items()
            if is_on
        ]
        if not wanted:
            return
        job._ensure_streams()
        known = set(job.stream_ids.mapped("name"))
        if missing := sorted(set(wanted) - known):
            text = self.env._(
                "The source has no objects %(missing)s. It has: %(known)s.",
                missing=", ".join(missing),
                known=", ".join(sorted(known)),
            )
            raise Stopped(REFUSED, text)

    # -- work ----------------------------------------------------------------------

    def _work(self, job, kinds, options, write, report, running=None):
        """Work through the passes, beginning with one that was interrupted."""
        stopped = None
        try:
            if running:
                if running.kind == "load":
                    at_present(job)._check_planned()
                    at_present(job)._check_signed()
                self._go_on(running, write, report)
            if "discover" in kinds:
                self._ensure_connection(job)
                self._ensure_used(job)
                self._ensure_known_objects(job)
                self._keep()
            for kind in kinds:
                self._start(job, kind, options, write, report)
                if kind == "extract" and options.get("delta"):
                    write(self._format_changes(at_present(job)))
            if options.get("cut_over") and "load" in kinds:
                at_present(job)._freeze(self.env.user)
                self._keep()
                write(at_present(job).frozen_text)
        except UserError as error:
            stopped = str(error)
        if options.get("read_only") and not stopped:
            return ARRIVED
        return self._sum_up(at_present(job), options, write, stopped)

    def _start(self, job, kind, options, write, report):
        parameters = None
        if kind == "dry_run":
            parameters = {"seconds": 86_400}
        elif kind == "extract" and options.get("again"):
            parameters = {"again": True}
        if wanted := options.get("sample"):
            # Whatever is interrupted, is resumed as a sample.
            wanted = self._complete_sample(at_present(job), kind, wanted)
            parameters = {**(parameters or {}), "sample": wanted}
        if kind == "load":
            at_present(job)._check_planned()
        run = at_present(job)._start_run(kind, parameters)
        self._go_on(run, write, report)

    def _complete_sample(self, job, kind, wanted):
        """Return the sample with its object, which is known once there is a mapping.

        :raises Stopped: the source has no such object
        """
        known = job.mapping_ids.filtered("selected").mapped("stream")
        if not wanted["stream"] and kind == "load":
            return {**wanted, "stream": job._propose_sample_stream().name}
        if wanted["stream"] and known and wanted["stream"] not in known:
            text = self.env._(
                "“%(job)s” has no object %(name)s. It has: %(known)s.",
                job=job.name,
                name=wanted["stream"],
                known=", ".join(dict.fromkeys(known)),
            )
            raise Stopped(REFUSED, text)
        return wanted

    def _go_on(self, run, write, report):
        if run.state != "running":
            run.write({"state": "running", "blocked_reason": False})
        run._work_and_wait(report and report())
        run = at_present(run)
        if run.state != "done":
            reason = run.blocked_reason or run.state
            write(
                self.env._("%(run)s: %(reason)s", run=run.display_name, reason=reason)
            )
            if run.kind in ("discover", "extract"):
                raise Stopped(STOPPED, self._format_losses(run.job_id._get_losses()))
            raise UserError(self.env._("It can be resumed once that is solved."))
