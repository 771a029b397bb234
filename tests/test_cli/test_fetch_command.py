"""One record is fetched again by the command line: printed, then loaded."""

from odoo.tests import tagged

from ...connectors.core.errors import RetryableError
from ..common import FakeSource
from .command_common import COMPANIES, PLAN, CommandCase


@tagged("post_install", "-at_install")
class TestFetchCommand(CommandCase):
    def setUp(self):
        super().setUp()
        self.use_source(companies=[dict(row) for row in COMPANIES])

    def load(self):
        jobs = self.env["crm.migration.job"].search([])
        status, text = self.run_plan(PLAN)
        self.assertEqual(status, 0, text)
        self.patch(type(self), "job", self.env["crm.migration.job"].search([]) - jobs)

    def fetch(self, source_id, *args, name="companies"):
        return self.call("fetch", "--object", name, "--id", source_id, *args, "--quiet")

    def test_0_it_is_printed_and_loaded_and_nothing_else(self):
        self.load()
        FakeSource.data["companies"][0]["name"] = "Casa Um"
        FakeSource.data["companies"][1]["name"] = "Casa Dois"
        status, text = self.fetch("1")
        self.assertEqual(status, 0, text)
        line = next(line for line in text.splitlines() if "Casa Um" in line)
        self.assertEqual(line.split()[0], "*")
        self.assertLess(line.index("Casa 1"), line.index("Casa Um"))
        self.assertIn("1 updated", text)
        self.assertEqual(self.migrated("companies", "1").name, "Casa Um")
        self.assertEqual(self.migrated("companies", "2").name, "Casa 2")

    def test_0_read_only_loads_nothing(self):
        self.load()
        FakeSource.data["companies"][0]["name"] = "Casa Um"
        status, text = self.fetch("1", "--read-only")
        self.assertEqual(status, 0, text)
        self.assertIn("Casa Um", text)
        self.assertEqual(self.migrated("companies", "1").name, "Casa 1")

    def test_3_it_is_gone_or_has_a_problem(self):
        self.load()
        gone = FakeSource.data["companies"].pop(0)
        status, text = self.fetch("1")
        self.assertEqual(status, 3, text)
        self.assertIn("does not have it any more", text)
        FakeSource.data["companies"].append({**gone, "name": ""})
        status, text = self.fetch("1")
        self.assertEqual(status, 3, text)
        self.assertIn("cannot be loaded", text)
        self.assertEqual(self.migrated("companies", "1").name, "Casa 1")

    def test_2_it_is_nowhere(self):
        self.load()
        status, text = self.fetch("4711")
        self.assertEqual(status, 2, text)
        self.assertIn("none was read: 4711", text)

    def test_2_nothing_is_not_the_newest(self):
        self.load()
        for verb in ("verify", "cleanup", "rollback", "plan"):
            status, text = self.call(verb, "--job", "0")
            self.assertEqual(
                (status, text.strip()), (2, "There is no such migration here.")
            )
        self.assertTrue(self.job.loaded_count)
        status, said = self.call_replay("sample", plan=PLAN, count=0)
        self.assertEqual((status, said), (2, ["Choose a number from 1 to 10,000."]))

    def test_2_what_cannot_be_meant(self):
        for args in (("fetch",), ("fetch", "--object", "companies")):
            self.refuse(2, *args)
        self.refuse(2, "fetch", "--object", "companies", "--id", "1", says="no mapping")
        self.load()
        self.refuse(2, "fetch", "--object", "cars", "--id", "1", says="no object cars")
        self.refuse(2, "fetch", "--object", "companies", "--id", " ", says="the id")

    def test_1_the_source_does_not_answer(self):
        self.load()
        self.job.login = "fake"
        FakeSource.faults = {"companies": [RetryableError("busy", host="x")]}
        runs = self.job.run_ids
        status, text = self.fetch("1")
        self.assertEqual(status, 1, text)
        self.assertIn("busy", text)
        self.job.invalidate_recordset()
        self.assertEqual(self.job.run_ids, runs)
