"""The command line hands a plan over, replays it, and takes a load back."""

import io
import json
import sys
from unittest.mock import patch

from odoo.tests import tagged

from .command_common import COMPANIES, PLAN, CommandCase

SECRET = "0a1b2c3d4e5f0a1b2c3d4e5f"


@tagged("post_install", "-at_install")
class TestPlanCommands(CommandCase):
    def run_fake(self, *args, plan=PLAN, **streams):
        self.use_source(**streams)
        status, text = self.run_plan(plan, "--quiet", *args)
        job = self.env["crm.migration.job"].search([], limit=1)
        type(self).job = job
        return status, text

    def get_sums(self, text):
        """Return the table that the command prints, without its plan."""
        return [line.split() for line in text.splitlines() if line.startswith("Comp")]

    def test_a_plan_is_printed_and_replayed_with_the_same_sums(self):
        _status, first = self.run_fake(companies=COMPANIES)
        status, text = self.call("plan", "--job", str(self.job.id))
        self.assertEqual(status, 0)
        plan = json.loads(text)
        self.assertEqual((plan["plan"], plan["source"]), (1, "fake"))
        self.assertTrue(plan["mapping"])
        status, text = self.call("rollback", "--quiet")
        self.assertEqual(status, 0, text)
        self.assertFalse(self.job.loaded_count)
        _status, again = self.run_fake(plan=plan, companies=COMPANIES)
        self.assertEqual(self.get_sums(again), self.get_sums(first))
        self.assertTrue(self.get_sums(first))

    def test_what_differs_is_said_before_anything_is_read(self):
        self.run_fake(companies=COMPANIES)
        plan = self.job._export_plan()
        plan["mapping"].append(
            {
                **plan["mapping"][0],
                "source": "vip",
                "target": "x_vip_level",
                "state": "accepted",
            }
        )
        _status, text = self.run_fake(plan=plan, companies=COMPANIES)
        self.assertIn("x_vip_level", text.splitlines()[0])

    def test_one_object_is_taken_back(self):
        people = [{"id": 1, "name": "Ana", "company_id": 1}]
        self.run_fake(companies=COMPANIES, contacts=people)
        self.refuse(2, "rollback", "--object", "wines", says="no object wines")
        status, text = self.call("rollback", "--quiet", "--object", "contacts")
        self.assertEqual(status, 0, text)
        streams = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertEqual(set(streams.mapped("stream")), {"companies"})
        self.assertIn("3 records", text)

    def test_what_people_worked_on_stays_and_is_said(self):
        self.run_fake(companies=COMPANIES)
        partner = self.migrated("companies", "1")
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = write_date + interval '1 hour',"
            " write_uid = %s WHERE id = %s",
            [self.env.ref("base.user_admin").id, partner.id],
        )
        self.env.invalidate_all()
        status, text = self.call("rollback", "--quiet")
        self.assertEqual(status, 3, text)
        self.assertIn("1 record", text)
        status, text = self.call("rollback", "--quiet", "--also-changed")
        self.assertEqual(status, 0, text)
        self.assertFalse(partner.exists())
        self.refuse(2, "rollback", says="has loaded nothing")

    def test_secrets_come_by_standard_input(self):
        self.use_source(companies=COMPANIES)
        with patch.object(sys, "stdin", io.StringIO(json.dumps({"token": SECRET}))):
            status, text = self.run_plan(PLAN, "--quiet", "--secrets-from-stdin")
        self.assertEqual(status, 0, text)
        job = self.env["crm.migration.job"].search([], limit=1)
        self.assertEqual(job._get_config()["token"], SECRET)
        self.assertNotIn(SECRET, text)
        for given in ("", f"token={SECRET}", json.dumps([SECRET]), '{"token": 5}'):
            with (
                self.subTest(given=given),
                patch.object(sys, "stdin", io.StringIO(given)),
            ):
                text = self.refuse(
                    2,
                    "run",
                    self.save(PLAN),
                    "--secrets-from-stdin",
                    says="no JSON object of texts",
                )
                self.assertNotIn(SECRET, text)
