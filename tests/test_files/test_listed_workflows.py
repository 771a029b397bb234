"""Workflows that somebody has written down stand in the rebuild guide."""

from odoo.tests import tagged

from .cases_common import CaseLoading

WORKFLOWS = (
    "Workflow Name,Object,When,Criteria,Actions,Active,Group,Description\n"
    "Escalate old cases,Case,Case is older than 3 days,Priority is High,"
    "Mail to the supervisor,Yes,Support,Agreed in 2019\n"
    "Thank the customer,Opportunities,Stage becomes Won,,,off,,\n"
    ",Contact,never,,,,,\n"
)
CONTACTS = "Contact ID,Full Name\n1,Ana Lópe\n"


@tagged("post_install", "-at_install")
class TestListedWorkflows(CaseLoading):
    def test_each_row_is_an_automation_to_be_rebuilt(self):
        self.arrive({"workflows.csv": WORKFLOWS, "contacts.csv": CONTACTS})
        rows = self.env["crm.migration.automation"]._take(self.job)
        self.assertEqual(
            rows.mapped("name"), ["Escalate old cases", "Thank the customer"]
        )
        first, second = rows
        self.assertEqual((first.is_active, second.is_active), ("yes", "no"))
        self.assertIn("Case is older than 3 days", first.trigger_text)
        self.assertIn("Priority is High", first.trigger_text)
        self.assertIn("Mail to the supervisor", first.steps_text)
        self.assertEqual(first.state, "manual")
        self.assertEqual(first.description, "Agreed in 2019")
        staged = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "workflows")]
        )
        self.assertEqual(set(staged.mapped("state")), {"unmapped"})
        self.assertIn("told in the rebuild guide", staged[0].message or "")
