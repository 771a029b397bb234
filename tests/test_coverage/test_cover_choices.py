"""Coverage of statuses: what a word of the source stands for, where a model has its own."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.coverage.probe import Declared
from ..common import MigrationCase

FILES = {
    "projects.csv": "Project ID,Project Name\nP-1,Dock «Ø»\n",
    "milestones.csv": (
        "Milestone ID,Milestone Name,Project,Due Date,Status,Completed Date\n"
        "M-1,Piles,Dock «Ø»,2021-04-30,Completed,2021-04-28\n"
        "M-2,Deck,Dock «Ø»,2021-06-30,Open,\n"
    ),
}


@tagged("post_install", "-at_install")
class TestCoverChoices(MigrationCase):
    def test_a_word_is_looked_up_as_the_mapping_does_in_lower_case(self):
        steps = [["lower"], ["replace_values", {"normal": "1"}]]
        self.assertEqual(Declared(steps, None).keys("Normal"), ["1", "Normal"])
        self.assertEqual(Declared(steps[1:], None).keys("Normal"), ["Normal"])

    def test_a_milestone_that_was_reached_is_told_by_its_own_fields(self):
        self.import_files(FILES)
        with mute_logger("odoo.sql_db"):
            self.run_kinds("discover", "extract", "load", "verify")
        listed = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "milestones")]
        )
        self.assertFalse(listed.mapped(lambda v: (v.field, v.value)))
        if "project.milestone" not in self.env:
            return
        links = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "milestones")]
        )
        goals = self.env["project.milestone"].browse(links.mapped("res_id"))
        self.assertEqual(goals.mapped("is_reached"), [True, False])
        self.env.cr.execute(
            "UPDATE project_milestone SET is_reached = NOT is_reached,"
            " reached_date = '2020-01-01' WHERE id = ANY(%s)",
            [goals.ids],
        )
        self.env.invalidate_all()
        self.run_kind("verify")
        lost = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "milestones")]
        )
        self.assertEqual(set(lost.mapped("field")), {"Status", "Completed Date"})
