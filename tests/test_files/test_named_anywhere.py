"""A name that may be that of a deal, of a person or of a company: Dynamics' *Regarding*."""

from odoo.tests import tagged

from .test_one_of_several import OneOfSeveral

FILES = {
    "accounts.csv": "Account ID,Account Name\n1,Alpha Lda\n2,Beta GmbH\n",
    "contacts.csv": "Contact ID,Full Name,Company Name\n11,Vera Example,Alpha Lda\n",
    "opportunities.csv": "Opportunity ID,Topic,Potential Customer\n21,Saddles,Alpha Lda\n",
    "tasks.csv": "Task ID,Subject,Regarding,Due Date,Owner\n"
    "41,Ring,Saddles,2031-05-01,Eva Vogt\n"
    "42,Write,Vera Example,2031-05-02,Eva Vogt\n43,Ask,Beta GmbH,2031-05-03,Eva Vogt\n"
    "44,Wait,Nobody Known,2031-05-04,Eva Vogt\n45,Think,,2031-05-05,Eva Vogt\n",
    "appointments.csv": "Appointment ID,Subject,Regarding,Start Time,End Time\n"
    "51,Demo,Saddles,2024-05-01 10:00,2024-05-01 11:00\n",
}


@tagged("post_install", "-at_install")
class TestNamedAnywhere(OneOfSeveral):
    def setUp(self):
        super().setUp()
        _status, self.text = self.load_files(FILES)

    def test_the_record_is_found_whatever_it_is(self):
        for task, stream, source_id in (
            (41, "deals", 21),
            (42, "contacts", 11),
            (43, "companies", 2),
        ):
            activity, bearer = (
                self.target("activities", task),
                self.target(stream, source_id),
            )
            self.assertEqual(
                (activity.res_model, activity.res_id), (bearer._name, bearer.id), task
            )
        meeting = self.target("meetings", 51)
        self.assertEqual(meeting.opportunity_id, self.target("deals", 21))

    def test_what_nobody_is_called_is_told_once_and_kept(self):
        told = self.env["crm.migration.message"].search(
            [
                ("job_id", "=", self.job.id),
                ("code", "=", "reference_missing"),
                ("stream", "=", "activities"),
            ]
        )
        self.assertEqual(told.mapped("source_id"), ["44"])
        self.assertIn("Nobody Known", self.target("activities", 44).note)
        self.assertFalse(self.target("activities", 45).res_id)

    def test_every_name_is_accounted_for(self):
        self.assertEqual(self.get_unaccounted(), [])
        self.assertFalse(self.job.difference_count)
