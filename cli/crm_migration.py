"""Run a migration without a browser: ``odoo-bin crm_migration run plan.json -d DB``."""

import json
import logging
import os
import sys
from pathlib import Path

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.module import get_manifest, load_script
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tools import config, mute_logger

# Odoo loads a command by its path, within no package of its own (19.0, odoo.cli).
_arguments = load_script(
    Path(__file__).with_name("arguments.py"), "odoo.cli.crm_migration_arguments"
)
STATUSES, parse = _arguments.STATUSES, _arguments.parse
_logger = logging.getLogger(__name__)

MODULE = "crm_migration"
SECRETS = "CRM_MIGRATION_"
STOPPED, REFUSED = 1, 2
WORKERS = "crm_migration_workers"
LOST = (psycopg2.OperationalError, psycopg2.InterfaceError)


class Refusal(Exception):
    """What was asked for cannot be done; ``status`` is the exit status."""

    def __init__(self, text, status=REFUSED):
        self.status = status
        super().__init__(text)


class CrmMigration(Command):
    """Replay a migration plan, go on with it, read its source again, or verify it.

    Prints the reconciliation, the verification, and why not everything arrived.
    """

    name = "crm_migration"
    epilog = STATUSES

    def run(self, args):
        # Cursors whose connection is lost: to the end, nobody is shown what cannot be
        # cleaned up.
        sys.unraisablehook = lambda remains: _logger.debug("%s", remains.exc_type)
        sys.exit(self._answer(args))

    def _answer(self, args):
        """Return the exit status; whatever happens is said in a sentence."""
        try:
            options = parse(self.parser, args)
            given = self._read_arguments(options)
            self._configure(options)
            self._check_database(options.database)
            workers = getattr(options, "workers", None)
            with (
                get_help(options.database, workers),
                Registry(options.database).cursor() as cursor,
            ):
                env = api.Environment(cursor, SUPERUSER_ID, {WORKERS: workers})
                status = self._work(env, options, given)
                # Servers keep much in memory of what has been changed here.
                env.registry.signal_changes()
                return status
        except Refusal as refusal:
            say(str(refusal))
            return refusal.status
        except KeyboardInterrupt:
            say(f"Interrupted. Go on with: odoo-bin {MODULE} resume -d DATABASE")
            return STOPPED
        except psycopg2.Error as error:
            return self._answer_database(error)
        except Exception as error:  # the boundary: nobody is shown a stack of calls
            # Without the message: it may repeat a customer's value.
            _logger.debug("The command failed.", exc_info=True)
            kind = type(error).__name__
            say(
                f"Something unforeseen happened ({kind}). --log-level=debug shows where."
            )
            return STOPPED

    def _answer_database(self, error):
        """Say what happened to the database; return the exit status."""
        # Without the rows that its message may quote.
        _logger.debug("The database failed.", exc_info=True)
        again = f"Go on with: odoo-bin {MODULE} resume -d DATABASE"
        if isinstance(error, psycopg2.extensions.TransactionRollbackError):
            say(f"Somebody else changed the same records at this moment. {again}")
            return STOPPED
        # The plain class where the server crashed: nobody was left to send a code.
        if isinstance(error, LOST) or type(error) is psycopg2.DatabaseError:
            say(
                f"The connection to the database is lost: {first_line(error)}. What was "
                f"done is kept. {again}"
            )
            return REFUSED
        say(
            f"The database refused something unforeseen ({type(error).__name__}). "
            "--log-level=debug shows where."
        )
        return STOPPED

    def _read_arguments(self, options):
        """Return what the replay needs of the arguments, files and plan read.

        :raises Refusal: one of them cannot be read
        """
        secrets = {
            name.removeprefix(SECRETS).lower(): value
            for name, value in os.environ.items()
            if name.startswith(SECRETS)
        }
        if getattr(options, "secrets_from_stdin", False):
            secrets |= read_secrets(sys.stdin)
        given = {
            "secrets": secrets,
            "files": [read_source_file(path) for path in getattr(options, "file", [])],
            "job": getattr(options, "job", None),
            "dry_run": getattr(options, "dry_run", False),
            "vanished": getattr(options, "vanished", None),
            "object": getattr(options, "object", None),
            "id": getattr(options, "id", None),
            "also_changed": getattr(options, "also_changed", False),
            "read_only": getattr(options, "read_only", False),
            "cut_over": getattr(options, "cut_over", False),
            "confirm": getattr(options, "confirm", None),
            "only": getattr(options, "only", None),
            "count": getattr(options, "count", None),
            "seed": getattr(options, "seed", None),
        }
        if options.action in ("run", "sample"):
            given["plan"] = read_plan(options.plan)
        if options.config and not Path(options.config).is_file():
            raise Refusal(f"There is no configuration file {options.config}.")
        return given

    def _configure(self, options):
        settings = ["--no-http", "-d", options.database]
        settings.append(f"--log-level={options.log_level}")
        settings += ["-c", options.config] if options.config else []
        if options.addons_path:
            settings.append(f"--addons-path={options.addons_path}")
        config.parse_config(settings, setup_logging=True)

    def _check_database(self, name):
        """Stop before Odoo would fail with a stack of calls.

        :raises Refusal: there is no such database, or the addon is not ready in it
        """
        try:
            with mute_logger("odoo.sql_db"), db_connect(name).cursor() as cursor:
                cursor.execute("SELECT to_regclass('ir_module_module') IS NOT NULL")
                if not cursor.fetchone()[0]:
                    raise Refusal(f"{name} is not an Odoo database.")
                cursor.execute(
                    "SELECT state, latest_version FROM ir_module_module WHERE name = %s",
                    [MODULE],
                )
                state, version = cursor.fetchone() or (None, None)
        except psycopg2.OperationalError as error:
            text = first_line(error)
            missing = "does not exist" in text and "database" in text
            if missing:
                raise Refusal(f"There is no database {name}.") from None
            raise Refusal(f"The database server does not answer: {text}") from None
        self._check_module(name, state, version)

    def _check_module(self, name, state, version):
        if state in ("to install", "to upgrade", "to remove"):
            raise Refusal(
                f"The modules of {name} are being changed ({state}). Start Odoo once "
                "and let it finish."
            )
        if state != "installed":
            raise Refusal(
                f"CRM Migration is not installed in {name}. Install it: "
                f"odoo-bin -d {name} -i {MODULE} --stop-after-init"
            )
        here = get_manifest(MODULE).get("version")
        if here and version and here != version:
            raise Refusal(
                f"{name} has version {version} of CRM Migration, this server {here}. "
                f"Update it: odoo-bin -d {name} -u {MODULE} --stop-after-init"
            )

    def _work(self, env, options, given):
        report, action = None if options.quiet else Progress, options.action
        replay = env["crm.migration.replay"]
        return replay._replay(action.replace("-", "_"), given, say, report)


class Progress:
    """One line that moves on a terminal, one line a phase elsewhere."""

    def __init__(self):
        self.phase = None

    def __call__(self, run):
        done = run.done + run.env["crm.migration.slice"]._get_done(run).get(run.id, 0)
        text = f"{run.kind} · {run.phase or ''}: {done}/{run.total}"
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{text}")
        elif run.phase != self.phase:
            sys.stderr.write(f"{run.kind} · {run.phase}\n")
        self.phase = run.phase
        sys.stderr.flush()


def say(text):
    if text:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def first_line(error):
    # What follows from a lost connection only says that a cursor is closed.
    while isinstance(error.__context__, psycopg2.Error):
        error = error.__context__
    return (str(error).strip().splitlines() or ["no reason given"])[0]


def read_plan(path):
    """Return the plan, whatever JSON it is.

    :raises Refusal: it cannot be read, or is not JSON
    """
    text = read_bytes(path, "plan")
    if not text.strip():
        raise Refusal(f"The plan {path} is empty.")
    try:
        return json.loads(text)
    except UnicodeDecodeError:
        raise Refusal(f"The plan {path} is not text in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Refusal(
            f"The plan {path} is not JSON: {error.msg}, line {error.lineno}, "
            f"column {error.colno}."
        ) from None
    except (ValueError, RecursionError):
        raise Refusal(f"The plan {path} is not JSON that can be read.") from None


def read_secrets(stream):
    """Return the secrets that standard input gives, by the names of their settings.

    :raises Refusal: it is no JSON object of texts; what it is, is not repeated
    """
    try:
        found = json.loads(stream.read())
        return {name.lower(): value + "" for name, value in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Refusal(
            'Standard input is no JSON object of texts. Write it like {"token": "…"}.'
        ) from None


def read_source_file(path):
    """Return (name, bytes) of a file of the source.

    :raises Refusal: it cannot be read, or is empty
    """
    content = read_bytes(path, "file")
    if not content:
        raise Refusal(f"The file {path} is empty.")
    return path.name, content


def read_bytes(path, kind):
    try:
        if path.is_dir():
            raise Refusal(f"The {kind} {path} is a folder. Name a file.")
        return path.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"There is no {kind} {path}.") from None
    except PermissionError:
        raise Refusal(f"The {kind} {path} may not be read by this user.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be meant"
        raise Refusal(f"The {kind} {path} cannot be read: {reason}.") from None


def get_help(database, workers):
    """Return a block in which others help to load."""
    # Not before: the addon is found by the configuration.
    from odoo.addons.crm_migration.models.job.helpers import helping

    return helping(database, (workers or 1) - 1)
