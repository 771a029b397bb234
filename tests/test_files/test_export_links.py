"""Links, flags and currencies of exports: accounted for only where they are right.

Each value is first where it belongs; then the same is made wrong in Odoo, by SQL, and
must be unaccounted for.
"""

from odoo.tests import tagged

from .cases_common import CaseLoading

COMPANIES = "Record ID,Company name\n1,Alpha Lda\n2,Beta GmbH\n"
CONTACTS = """Record ID,First Name,Last Name,Email,Associated Company IDs
101,Vera,Example,vera@alpha.example,1
102,Otto,Ünal,otto@beta.example,2
103,Ana,Reis,ana@alpha.example,1
"""
DEALS = """Record ID,Deal Name,Deal Stage,Amount,Currency,Is Closed Won,Associated Contact,\
Associated Contact IDs,Associated Company,Associated Company IDs
7,Saddles,Appointment Scheduled,100.50,CHF,false,Vera Example,101;102,Alpha Lda,1
8,Bits,Closed Won,200,CHF,true,Otto Ünal (otto@beta.example),102,Beta GmbH,2
9,Reins,Appointment Scheduled,,CHF,false,Ana Reis,103,Beta GmbH,2
"""
NOTES = """Record ID,Note body,Activity date,Associated Contact,Associated Contact IDs,\
Associated Company,Associated Company IDs,Associated Deal,Associated Deal IDs
70,Called,2024-05-01 10:00,Vera Example,101;102,Alpha Lda,1,Saddles,7
71,Met,2024-05-02 10:00,Somebody Else,103,Beta GmbH,2,Bits,8
"""


@tagged("post_install", "-at_install")
class TestExportLinks(CaseLoading):
    def setUp(self):
        super().setUp()
        chf = self.env.ref("base.CHF")
        chf.active = True
        chf.rate_ids.unlink()
        files = {"companies.csv": COMPANIES, "contacts.csv": CONTACTS}
        self.load_files({**files, "deals.csv": DEALS, "notes.csv": NOTES})

    def target(self, stream, source_id):
        row = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
            ]
        )
        return self.env[row.res_model].browse(row.res_id)

    def cover(self):
        """Verify anew; return {(stream, source id, field)} of what is unaccounted for."""
        run = self.env["crm.migration.run"].create(
            {"job_id": self.job.id, "kind": "verify", "phase": "cover"}
        )
        self.job.run_id = run
        run._enter("cover")
        while run.state == "running":
            run._advance()
        self.env.invalidate_all()
        lost = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        return set(lost.mapped(lambda row: (row.stream, row.source_id, row.field)))

    def kind_of(self, field, stream="deals"):
        rows = self.env["crm.migration.coverage"].search(
            [
                ("job_id", "=", self.job.id),
                ("run_id", "=", self.job.run_id.id),
                ("stream_id.name", "=", stream),
                ("field", "=", field),
            ]
        )
        return {row.kind: row.count for row in rows}

    def put(self, record, **values):
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                f'UPDATE "{record._table}" SET "{name}" = %s WHERE id = %s',
                [value, record.id],
            )
        self.env.invalidate_all()

    def test_everything_is_accounted_for(self):
        self.assertEqual(self.cover(), set())
        # By a message, the other contact of deal 7 is in its notes.
        self.assertEqual(
            self.kind_of("Associated Contact IDs"), {"field": 2, "notes": 1}
        )
        self.assertEqual(self.kind_of("Is Closed Won"), {"field": 3})
        self.assertEqual(self.kind_of("Currency"), {"notes": 2, "left_out": 1})
        self.assertEqual(self.kind_of("Amount"), {"notes": 2})
        # Ana's company is another one than the deal's.
        notes = self.target("deals", "9").description
        self.assertIn("Beta GmbH", notes)

    def test_a_name_beside_an_id_is_in_the_notes_where_it_is_another(self):
        self.assertIn("Somebody Else", self.target("notes", "71").body)
        self.assertNotIn("Vera", self.target("notes", "70").body)
        self.cover()
        counts = self.kind_of("Associated Contact", "notes")
        self.assertEqual(counts, {"field": 1, "notes": 1})

    def test_the_address_beside_a_name_is_that_of_the_contact(self):
        found = ("deals", "8", "Associated Contact")
        self.assertNotIn(found, self.cover())
        self.target("contacts", "102").email = "ottokar@beta.example"
        self.assertIn(found, self.cover())

    def test_a_second_contact_that_is_lost_is_found_missing(self):
        self.put(self.target("deals", "7"), description="<p>-</p>")
        self.assertIn(("deals", "7", "Associated Contact IDs"), self.cover())

    def test_a_link_to_the_wrong_second_contact_is_found(self):
        deal, otto, ana = (
            self.target("deals", "7"),
            self.target("contacts", "102"),
            self.target("contacts", "103"),
        )
        wrong = deal.description.replace(
            f'data-oe-id="{otto.id}"', f'data-oe-id="{ana.id}"'
        )
        self.assertNotEqual(wrong, deal.description)
        self.put(deal, description=wrong)
        self.assertIn(("deals", "7", "Associated Contact IDs"), self.cover())

    def test_a_flag_that_the_deal_contradicts_is_unaccounted(self):
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        self.put(self.target("deals", "7"), stage_id=won.id, probability=100)
        is_open = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        self.put(self.target("deals", "8"), stage_id=is_open.id, probability=10)
        lost = self.cover()
        self.assertIn(("deals", "7", "Is Closed Won"), lost)
        self.assertIn(("deals", "8", "Is Closed Won"), lost)
        self.assertNotIn(("deals", "9", "Is Closed Won"), lost)

    def test_a_note_on_the_wrong_deal_is_unaccounted(self):
        self.put(self.target("notes", "70"), res_id=self.target("deals", "8").id)
        self.assertIn(("notes", "70", "Associated Deal IDs"), self.cover())

    def test_a_person_who_is_not_told_of_a_note_is_unaccounted(self):
        vera = self.target("contacts", "101")
        told = self.env["mail.message"].search(
            [("model", "=", "res.partner"), ("res_id", "=", vera.id), ("id", "<", 0)]
        )
        self.assertTrue(told)
        told.unlink()
        lost = self.cover()
        self.assertIn(("notes", "70", "Associated Contact IDs"), lost)
        self.assertIn(("notes", "70", "Associated Contact"), lost)

    def test_an_amount_without_a_rate_is_in_the_notes_or_unaccounted(self):
        deal = self.target("deals", "8")
        self.assertEqual(deal.expected_revenue, 0)
        self.assertIn("200.00 CHF", deal.description)
        self.put(deal, description=deal.description.replace("200.00", "20.00"))
        self.assertIn(("deals", "8", "Amount"), self.cover())

    def test_the_currency_of_an_amount_is_not_left_out(self):
        deal = self.target("deals", "8")
        self.put(deal, description=deal.description.replace("CHF", "EUR"))
        self.assertIn(("deals", "8", "Currency"), self.cover())


@tagged("post_install", "-at_install")
class TestExportProgress(CaseLoading):
    """Whether a to-do is done: by a flag, by a word on which somebody decided."""

    def setUp(self):
        super().setUp()
        self.load_files(
            {
                "contacts.csv": CONTACTS,
                "tasks.csv": "Record ID,Task Title,Due Date,Task Status,"
                "Associated Contact IDs\n"
                "1,Ring,2031-05-01,Completed,101\n2,Write,2031-05-01,Not Started,102\n",
            }
        )

    target = TestExportLinks.target
    cover = TestExportLinks.cover

    def test_a_status_that_is_not_what_the_to_do_says_is_unaccounted(self):
        ring, write = (self.target("activities", key) for key in "12")
        self.assertEqual((ring.active, write.active), (False, True))
        self.assertFalse(self.cover())
        self.env.cr.execute(
            "UPDATE mail_activity SET active = NOT active WHERE id = ANY(%s)",
            [[ring.id, write.id]],
        )
        self.assertEqual(
            {source_id for _stream, source_id, field in self.cover()}, {"1", "2"}
        )


@tagged("post_install", "-at_install")
class TestLinksOfTheOtherSide(CaseLoading):
    """An export of contacts and companies that names deals, and deals that name nobody."""

    def test_a_deal_has_the_people_that_name_it(self):
        self.load_files(
            {
                "companies.csv": "Record ID,Company name,Associated Contact IDs\n1,Alpha Lda,101\n",
                "contacts.csv": "Record ID,First Name,Last Name,Associated Deal IDs\n"
                "101,Vera,Example,7;8\n102,Otto,Ünal,8\n",
                "deals.csv": "Record ID,Deal Name,Deal Stage,Amount\n"
                "7,Saddles,New,1\n8,Bits,New,2\n9,Reins,New,3\n",
            }
        )
        vera, otto = self.migrated("contacts", "101"), self.migrated("contacts", "102")
        self.assertEqual(vera.parent_id, self.migrated("companies", "1"))
        saddles, bits, reins = (self.migrated("deals", each) for each in "789")
        self.assertEqual(saddles.partner_id, vera)
        self.assertEqual(bits.partner_id, vera)
        self.assertIn(f'data-oe-id="{otto.id}"', bits.description)
        self.assertFalse(reins.partner_id)
        self.assertFalse(vera.comment, "the links say it")
        self.assertFalse(self.job.unaccounted_count)

    def test_links_to_what_no_file_has_are_a_loss(self):
        contacts = "Record ID,First Name,Last Name,Associated Deal IDs\n101,Vera,Example,7;99\n"
        deals = "Record ID,Deal Name,Deal Stage,Amount\n7,Saddles,New,1\n"
        self.be_told(
            {"contacts.csv": contacts, "deals.csv": deals},
            "contacts.csv tells 1 link to 1 record that no file has",
        )


@tagged("post_install", "-at_install")
class TestWhoIsNotThere(CaseLoading):
    """Contacts that deals and notes name are missing in their own export."""

    def setUp(self):
        super().setUp()
        # Contacts name deals as well: these are loaded first, and linked later.
        self.load_files(
            {
                "companies.csv": "Record ID,Company name\n1,Beta SA\n",
                "contacts.csv": "Record ID,First Name,Last Name,Associated Deal IDs\n"
                "12,Eva,Ró,21\n",
                "deals.csv": "Record ID,Deal Name,Deal Stage,Associated Company,"
                "Associated Company IDs,Associated Contact,Associated Contact IDs\n"
                "21,Roof,New,,,Rui O'Pó,11;12\n22,Wall,New,Beta SA,1,Rui O'Pó,11\n",
                "notes.csv": "Record ID,Note body,Activity date,Associated Contact,"
                "Associated Contact IDs,Associated Company IDs\n"
                "31,Rang,2024-05-01 10:00,Rui O'Pó,11,1\n",
            }
        )

    def test_the_deal_says_who_was_meant(self):
        found = self.people("partner_id", "contact_name", stream="deals")
        names = [(partner.name, contact) for partner, contact in found]
        self.assertEqual(names, [("Eva Ró", "Rui O'Pó"), ("Beta SA", "Rui O'Pó")])
        differing = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        told = differing.mapped(lambda d: (d.source_id, d.field, d.expected, d.found))
        self.assertFalse(differing, told)

    def test_the_note_says_it_once(self):
        [(body,)] = self.people("body", stream="notes")
        self.assertEqual(body.count("O'Pó"), 1, body)
