"""A sample by the command line."""

from odoo.tests import tagged

from ..common import FakeSource
from .sample_case import SampleCase


@tagged("post_install", "-at_install")
class TestSampleCommand(SampleCase):
    def test_the_command_loads_it_and_resume_the_rest(self):
        self.run_kinds("discover")
        plan = self.job._export_plan()
        jobs = self.env["crm.migration.job"].search([])
        options = {"plan": plan, "count": 2, "seed": "7", "object": "companies"}
        _status, said = self.call_replay("sample", **options)
        self.patch(type(self), "job", self.env["crm.migration.job"].search([]) - jobs)
        expected = self.walk("companies", self.get_roots("companies"))
        self.assertEqual(self.get_loaded(), expected)
        self.assertTrue(self.job.is_sample)
        self.assertTrue(any("2" in text for text in said))
        self.call_replay("resume")
        loaded = self.get_loaded()
        self.assertEqual(
            {name: len(keys) for name, keys in loaded.items()},
            {name: len(rows) for name, rows in FakeSource.data.items()},
        )
        self.assertFalse(self.job.is_sample)

    def test_an_interrupted_one_is_no_load_of_everything(self):
        self.run_kinds("discover")
        wanted = {"stream": "companies", "size": 2, "seed": "7", "filter": None}
        run = self.job._start_run("extract", {"sample": wanted})
        self.work(run, 1)
        self.call_replay("resume")
        expected = self.walk("companies", self.get_roots("companies"))
        self.assertEqual(self.get_loaded(), expected)

    def test_an_object_that_is_not_there_is_named(self):
        self.run_kinds("discover")
        plan = self.job._export_plan()
        status, said = self.call_replay(
            "sample", plan=plan, count=2, seed="7", object="machines"
        )
        self.assertEqual(status, 2)
        self.assertIn("machines", " ".join(said))
