"""What the tests of the command line share."""

import importlib.util
import io
import json
import os
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from odoo.tools import mute_logger

from odoo.addons import crm_migration as addon

from ..common import CrmMigrationCase

PLAN = {
    "plan": 1,
    "name": "From the command line",
    "source": "fake",
    "accept_above": 60,
    "options": {"duplicate_policy": "keep", "tz": "Europe/Lisbon"},
}


COMPANIES = [{"id": i, "name": f"Casa {i}"} for i in range(1, 4)]


def get_command():
    path = Path(addon.__path__[0], "cli", "crm_migration.py")
    name = "odoo.addons.crm_migration.cli.crm_migration"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


class CommandCase(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.module = get_command()
        for name in [n for n in os.environ if n.startswith("CRM_MIGRATION_")]:
            value = os.environ.pop(name)
            self.addCleanup(os.environ.__setitem__, name, value)

    def save(self, content, name="plan.json"):
        path = self.folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, encoding="utf-8")
        return str(path)

    def call(self, *args):
        """Run the command as ``odoo-bin crm_migration ARGS`` would; return (status, text).

        Only the database is the one that the tests hold open.
        """
        command = self.module.CrmMigration()

        def answer():
            command._configure = lambda options: None
            command._check_database = lambda name: None
            registry = type(
                "Here", (), {"cursor": lambda _self: self.registry.cursor()}
            )
            self.patch(self.module, "Registry", lambda name: registry())
            return command._answer([*args, "-d", self.env.cr.dbname])

        out = io.StringIO()
        with (
            self.enter_registry_test_mode(),
            redirect_stdout(out),
            redirect_stderr(out),
        ):
            with mute_logger(
                "odoo.addons.crm_migration.models.job.crm_migration_run_engine"
            ):
                try:
                    status = answer()
                except SystemExit as end:
                    status = end.code
        self.env.invalidate_all()
        return status, out.getvalue()

    def run_plan(self, plan, *args):
        return self.call("run", self.save(plan), *args)

    def refuse(self, status, *args, says=""):
        found, text = self.call(*args)
        self.assertNotIn("Traceback", text)
        self.assertEqual(found, status, text)
        sentences = [line for line in text.splitlines() if len(line.split()) > 2]
        self.assertTrue(sentences, "it says nothing")
        self.assertIn(says, text)
        return text
