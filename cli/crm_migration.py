"""Run a migration without a browser: ``odoo-bin crm_migration run plan.json -d DB``."""

import json
import mimetypes
import os
import sys
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config

FAILED = 1
"""Something stopped, does not add up or differs."""
INCOMPLETE = 3
"""It adds up, but some records could not be read or loaded; each has its message."""
SECRETS = "CRM_MIGRATION_"
ALIVE = ("running", "waiting", "paused", "blocked")


class CrmMigration(Command):
    """Replay a migration plan from the command line.

    Prints the reconciliation and the verification. The exit status is 0 only when
    everything adds up, nothing failed and nothing differs; 3 when it adds up but some
    records failed, each with its message; else 1.
    """

    name = "crm_migration"

    def run(self, args):
        # ``-c`` may stand before the action, where dev/odoo puts it.
        options = self._parse(_config_last(args))
        settings = ["--no-http", "-d", options.database]
        settings += ["-c", options.config] if options.config else []
        if options.addons_path:
            settings.append(f"--addons-path={options.addons_path}")
        settings.append(f"--log-level={options.log_level}")
        config.parse_config(settings, setup_logging=True)
        with Registry(options.database).cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            sys.exit(self._replay(env, options))

    def _parse(self, args):
        actions = self.parser.add_subparsers(dest="action", required=True)
        runner = actions.add_parser("run", help="read, load and verify a plan")
        runner.add_argument("plan", type=Path, help="the plan (JSON)")
        runner.add_argument(
            "--file",
            type=Path,
            action="append",
            default=[],
            help="a file of the source",
        )
        runner.epilog = (
            f"Secrets come from the environment: {SECRETS}TOKEN for the setting "
            "'token', and so on."
        )
        resumer = actions.add_parser("resume", help="go on with what was interrupted")
        resumer.add_argument("--job", type=int, help="its id; the newest otherwise")
        for action in (runner, resumer):
            action.add_argument("-d", "--database", required=True)
            action.add_argument("-c", "--config", help="odoo.conf")
            action.add_argument("--addons-path", help="as for the server")
            action.add_argument(
                "--dry-run", action="store_true", help="rehearse, load nothing"
            )
            action.add_argument("--quiet", action="store_true", help="no progress")
            action.add_argument(
                "--log-level", default="warn", help="of the server's log"
            )
        return self.parser.parse_args(args)

    def _replay(self, env, options):
        resuming = options.action == "resume"
        job = (
            self._find_job(env, options) if resuming else self._create_job(env, options)
        )
        env.cr.commit()  # each step of a replay is kept, as the scheduler would
        kinds = ["discover", "extract"]
        kinds += ["dry_run"] if options.dry_run else ["load", "verify"]
        for kind in kinds:
            if not self._run_kind(job, kind, options):
                return FAILED
        lines = job.run_id.result_ids
        self._print(_as_table(lines))
        differences = job.difference_count
        compared = job.run_id.compared_count
        if not options.dry_run:
            self._print(
                f"Verification: {compared} values compared, {differences} differ."
            )
            self._print(_as_coverage(job._get_coverage()))
        balanced = all(line.is_balanced for line in lines)
        failed = sum(lines.mapped("failed_count")) + sum(lines.mapped("rejected_count"))
        if not balanced or differences:
            return FAILED
        return INCOMPLETE if failed else 0

    def _find_job(self, env, options):
        domain = [("id", "=", options.job)] if options.job else []
        job = env["crm.migration.job"].search(domain, order="id desc", limit=1)
        return job or sys.exit("There is no such migration in this database.")

    def _create_job(self, env, options):
        plan = json.loads(options.plan.read_text())
        secrets = {
            name.removeprefix(SECRETS).lower(): value
            for name, value in os.environ.items()
            if name.startswith(SECRETS)
        }
        files = env["ir.attachment"].create(
            [
                {
                    "name": path.name,
                    "raw": path.read_bytes(),
                    "mimetype": mimetypes.guess_type(path.name)[0],
                }
                for path in options.file
            ]
        )
        return env["crm.migration.job"]._import_plan(plan, secrets, files)

    def _run_kind(self, job, kind, options):
        """Work through one pass; wait where the source asks for it. False: it stopped."""
        run = job.run_ids.filtered(lambda run: run.kind == kind)[:1]
        if run.state == "done":
            return True  # an earlier call came to its end
        if run.state in ALIVE:
            run.write({"state": "running", "blocked_reason": False})
        elif kind == "discover" and not job.action_check_connection():
            self._print("\n".join(job.check_ids.mapped("text")))
            return False
        else:
            seconds = {"seconds": 86_400} if kind == "dry_run" else None
            run = job._start_run(kind, seconds)
        report = None if options.quiet else Progress(run).show
        run._work_and_wait(report)
        if run.state != "done":
            self._print(f"{run.display_name}: {run.blocked_reason or run.state}")
        return run.state == "done"

    def _print(self, text):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


class Progress:
    """One line that moves on a terminal, one line a phase elsewhere."""

    def __init__(self, run):
        self.run = run
        self.phase = None

    def show(self):
        run = self.run
        text = f"{run.kind} · {run.phase or ''}: {run.done}/{run.total}"
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{text}")
        elif run.phase != self.phase:
            sys.stderr.write(f"{run.kind} · {run.phase}\n")
        self.phase = run.phase
        sys.stderr.flush()


def _config_last(args):
    """Move ``-c FILE`` behind the action, where its parser expects it."""
    if args and args[0] == "-c":
        return [*args[2:], *args[:2]]
    return args


def _as_table(lines):
    names = (
        "source rejected staged created updated merged skipped failed unmapped pending"
    ).split()
    rows = [["", *names]]
    rows += [
        [line.stream_id.label, *(str(line[f"{name}_count"]) for name in names)]
        for line in lines
    ]
    rows.append(["Sum", *(str(sum(lines.mapped(f"{name}_count"))) for name in names)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _as_coverage(sums):
    """Return where the filled values of the source stand, in one line."""
    total = sum(sums.values())
    if not total:
        return "Coverage: no values."
    parts = ", ".join(
        f"{count} {kind.replace('_', ' ')} ({100 * count / total:.2f} %)"
        for kind, count in sums.items()
    )
    return f"Coverage: {total} filled values, {parts}."
