"""A source from a folder outside the addon: found, migrated, and no file was edited."""

import sys
import tempfile
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import mute_logger

from ... import connectors
from ...connectors import available_sources
from ..common import MigrationCase

SOURCE = '''
"""Zeta keeps its people in a list."""

from ..core.source import CheckResult, Page, Record, Source, Stream
from .profile import MAPPINGS

PEOPLE = [{"id": n, "name": f"Zoë O'Neill {n}", "mail": f"z{n}@zeta.example"} for n in range(5)]


class ZetaSource(Source):
    name = "zeta"
    label = "Zeta CRM"
    summary = "Nothing at all."
    streams = (Stream("people", "People"),)

    def check(self):
        return CheckResult(login="zeta")

    def count(self, stream):
        return len(PEOPLE)

    def read_pages(self, stream, checkpoint):
        yield Page(tuple(Record("people", str(row["id"]), row) for row in PEOPLE))

    def get_mappings(self):
        return MAPPINGS
'''
PROFILE = '''
"""Default mapping of Zeta CRM."""

from ..mapping.vocabulary import email, field, mapping, strip

VERSION = 1
MAPPINGS = (
    mapping(
        "people",
        "res.partner",
        field("name", "name", strip, required=True),
        field("email", "mail", email),
    ),
)
'''


@tagged("post_install", "-at_install")
class TestSixthSource(MigrationCase):
    def setUp(self):
        super().setUp()
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        package = folder / "zeta"
        package.mkdir()
        (package / "__init__.py").write_text(
            "from .source import ZetaSource as SOURCE\n"
        )
        (package / "source.py").write_text(SOURCE)
        (package / "profile.py").write_text(PROFILE)
        connectors.__path__.append(str(folder))
        available_sources.cache_clear()
        self.addCleanup(self.forget, str(folder))

    def forget(self, folder):
        connectors.__path__.remove(folder)
        available_sources.cache_clear()
        for name in [name for name in sys.modules if ".connectors.zeta" in name]:
            del sys.modules[name]

    def test_a_package_in_another_folder_is_a_source_like_any_other(self):
        choices = dict(self.env["crm.migration.job"]._selection_source())
        self.assertEqual(choices["zeta"], "Zeta CRM")
        job = self.env["crm.migration.job"].create({"name": "Zeta", "source": "zeta"})
        self.patch(type(self), "job", job)
        with mute_logger("odoo.sql_db"):
            run = self.run_kinds("discover", "extract", "load", "verify")
        lines = run.result_ids
        self.assertEqual((lines.source_count, lines.created_count), (5, 5))
        self.assertEqual(job.difference_count, 0)
        self.assertTrue(
            self.env["res.partner"].search([("email", "=", "z3@zeta.example")])
        )
