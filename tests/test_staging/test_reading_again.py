"""Reading again: what is new, what has changed, what has vanished, and what stays."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...connectors.core.errors import FatalError, RecordError
from ...connectors.core.source import Page, Record
from ..common import FakeSource
from .reading_common import COMPANIES, DEALS, ReadingCase


@tagged("post_install", "-at_install")
class TestReadingAgain(ReadingCase):
    def test_a_second_reading_brings_what_is_new_and_what_has_changed(self):
        self.load_all()
        count = self.env["res.partner"].with_context(active_test=False).search_count([])
        companies = [
            # No date of change is needed: the content tells.
            {**COMPANIES[0], "name": "Casa Um"},
            *COMPANIES[1:],
            {"id": 6, "name": "Casa Nova"},
        ]
        deals = [DEALS[0], {**DEALS[1], "amount": "250"}]
        run = self.read_again(companies, deals)
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(self.job.phase, "review")
        lines = self.load_changes()
        self.assertEqual(self.migrated("companies", "1").name, "Casa Um")
        self.assertEqual(self.migrated("companies", "6").name, "Casa Nova")
        self.assertEqual(self.migrated("deals", "2").expected_revenue, 250)
        partners = self.env["res.partner"].with_context(active_test=False)
        self.assertEqual(partners.search_count([]), count + 1)
        row = lines["companies"]
        self.assertEqual(
            (row.created_count, row.updated_count, row.unchanged_count), (1, 1, 4)
        )
        self.assertEqual((row.source_count, row.staged_count), (6, 6))
        self.assertTrue(row.is_balanced)
        self.assertEqual(lines["deals"].updated_count, 1)
        self.assertEqual(self.run_kind("verify").state, "done")
        self.assertFalse(self.job.difference_count)

    def test_reading_again_what_stayed_the_same_changes_nothing(self):
        self.load_all()
        partner = self.migrated("companies", "1")
        before = partner.write_date
        self.read_again()
        row = self.load_changes()["companies"]
        self.assertEqual((row.created_count, row.unchanged_count), (0, 5))
        self.assertEqual(partner.write_date, before)
        self.assertFalse(self.get_vanished())

    def test_what_vanished_is_shown_and_kept(self):
        self.load_all()
        partner = self.migrated("companies", "3")
        self.read_again(companies=[c for c in COMPANIES if c["id"] != 3])
        self.assertEqual(self.get_vanished(), {("companies", "3")})
        self.assertEqual(self.job.vanished_count, 1)
        told = self.get_messages("vanished")
        self.assertIn("1 record of Companies is not in the source any more", told.text)
        self.assertFalse(self.get_messages("records_vanished"))
        row = self.load_changes()["companies"]
        self.assertEqual(
            (row.source_count, row.vanished_count, row.staged_count), (4, 1, 5)
        )
        self.assertTrue(row.is_balanced)
        self.assertTrue(partner.active)

    def test_what_vanished_is_archived_where_somebody_chose_it(self):
        self.load_all()
        self.read_again(companies=COMPANIES[1:], deals=DEALS[1:])
        gone = self.staged("companies").filtered("vanished_at")
        gone.action_archive_vanished()
        partner, lead = self.migrated("companies", "1"), self.migrated("deals", "1")
        closed, written = lead.date_closed, partner.write_date
        lead.probability = 20  # with 0 Odoo takes any archived lead for a lost one
        self.env.cr.execute(
            "UPDATE crm_lead SET write_date = %s WHERE id = %s", [written, lead.id]
        )
        self.load_changes()
        self.assertEqual((partner.active, lead.active), (False, True))
        self.assertEqual(partner.write_date, written)
        self.job.vanished_policy = "archive"
        self.load_changes()
        self.assertFalse(lead.active)
        self.assertEqual(lead.date_closed, closed, "it was not closed today")
        self.assertEqual(lead.won_status, "pending", "it was not lost either")
        self.run_kind("verify")
        found = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        # The probability is what this test itself put there.
        self.assertEqual(set(found.mapped("field")), {"probability"})
        # A choice can be taken back.
        gone.action_keep_vanished()
        self.load_changes()
        self.assertTrue(partner.active)

    def test_what_vanished_and_comes_back_is_active_again(self):
        self.load_all()
        self.job.vanished_policy = "archive"
        self.read_again(companies=COMPANIES[1:])
        self.load_changes()
        partner = self.migrated("companies", "1")
        self.assertFalse(partner.active)
        self.read_again(
            companies=[{**COMPANIES[0], "name": "De Volta"}, *COMPANIES[1:]]
        )
        self.assertFalse(self.get_vanished())
        self.load_changes()
        self.assertEqual((partner.active, partner.name), (True, "De Volta"))
        self.assertEqual(self.migrated("companies", "1"), partner)

    def test_a_policy_archives_neither_what_odoo_had_nor_what_a_person_works_on(self):
        self.load_all()
        mine = self.migrated("companies", "2")
        mine.with_user(self.env.ref("base.user_admin")).write({"function": "x"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = now() + interval '1 hour' WHERE id = %s",
            [mine.id],
        )
        had = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("source_id", "=", "3")]
        )
        had.write({"outcome": "merged", "rollback_action": "keep"})
        theirs = self.migrated("companies", "3")
        self.job.vanished_policy = "archive"
        self.read_again(companies=[c for c in COMPANIES if c["id"] not in (2, 3)])
        self.load_changes()
        self.assertTrue(mine.active and theirs.active)
        self.assertEqual(self.get_messages("vanished_changed").source_id, "2")
        self.assertEqual(self.get_messages("vanished_yours").source_id, "3")
        # Who chooses the record itself means it; it can be taken back.
        gone = self.staged("companies").filtered(lambda r: r.source_id == "3")
        gone.action_archive_vanished()
        self.load_changes()
        self.assertFalse(theirs.active)
        self.run_kind("rollback")
        self.assertTrue(theirs.active)

    def test_what_stands_for_two_records_stays_for_the_other(self):
        self.load_all()
        one, two = self.migrated("companies", "1"), self.migrated("companies", "2")
        link = self.env["crm.migration.id.map"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", two.id)]
        )
        link.write({"res_id": one.id, "outcome": "merged"})
        self.read_again(companies=COMPANIES[1:])
        self.staged("companies").filtered("vanished_at").action_archive_vanished()
        self.load_changes()
        self.assertTrue(one.active)
        self.assertTrue(self.get_messages("vanished_shared"))

    def test_what_vanished_before_it_was_loaded_is_left_out_and_can_come_back(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        self.run_kind("extract")
        self.read_again(companies=COMPANIES[1:], deals=[])
        gone = self.staged("companies").filtered("vanished_at")
        self.assertEqual((gone.source_id, gone.state), ("1", "skipped"))
        self.assertTrue(gone.skip_reason)
        row = self.load_changes()["companies"]
        self.assertEqual((row.created_count, row.skipped_count), (4, 1))
        self.assertTrue(row.is_balanced)
        self.read_again(companies=COMPANIES, deals=[])
        self.load_changes()
        self.assertEqual(self.migrated("companies", "1").name, "Casa 1")

    # -- only a complete reading may tell ------------------------------------------

    def test_a_reading_that_was_stopped_calls_nothing_vanished(self):
        self.load_all()
        self.use_source(companies=COMPANIES[:1], deals=DEALS)
        self.job.action_read_again()
        self.work(self.job.run_id, batches=1)
        self.job.action_cancel()
        self.assertFalse(self.get_vanished())
        self.assertEqual(self.job.phase, "review")
        self.load_changes()

    def test_an_error_on_a_page_calls_nothing_of_that_object_vanished(self):
        self.load_all()
        FakeSource.faults = {"companies": [None, FatalError("paging_loop", host="h")]}
        self.read_again(companies=COMPANIES[:4], deals=DEALS[:1])
        self.assertEqual(self.get_vanished(), {("deals", "2")})

    def use_page(self, rows, error):
        def read_pages(source, stream, checkpoint):
            found = rows if stream.name == "companies" else DEALS
            found = found if stream.name in ("companies", "deals") else []
            errors = (error,) if error and stream.name == "companies" else ()
            yield Page(
                tuple(Record(stream.name, str(row["id"]), row) for row in found),
                errors=errors,
            )

        self.patch(FakeSource, "read_pages", read_pages)
        self.patch(FakeSource, "count", lambda source, stream: None)

    def make_error(self, source_id):
        return RecordError(
            "bad_record", stream="companies", source_id=source_id, reason="broken"
        )

    def test_a_record_that_cannot_be_read_again_has_not_vanished(self):
        self.load_all()
        self.use_page(COMPANIES[1:], self.make_error("1"))
        self.job.action_read_again()
        self.work(self.job.run_id)
        self.assertFalse(self.get_vanished())
        told = self.get_messages("not_read_again")
        self.assertEqual((told.source_id, told.severity), ("1", "error"))
        stream = self.get_stream("companies")
        self.assertEqual(
            (stream.source_count, stream.staged_count, stream.rejected_count), (5, 5, 0)
        )
        self.assertTrue(self.load_changes()["companies"].is_balanced)

    def test_an_error_of_which_nobody_knows_the_record_calls_nothing_vanished(self):
        self.load_all()
        self.use_page(COMPANIES[1:], self.make_error("line 7"))
        self.job.action_read_again()
        self.work(self.job.run_id)
        self.assertFalse(self.get_vanished())
        self.assertTrue(self.get_messages("vanished_unsure"))
        # The same line was as broken before: it is no sign of anything new.
        self.job.action_read_again()
        self.work(self.job.run_id)
        self.assertEqual(self.get_vanished(), {("companies", "1")})
        self.assertEqual(self.get_stream("companies").rejected_count, 1)

    def test_a_count_beyond_what_was_read_calls_nothing_vanished(self):
        self.load_all()
        self.use_page(COMPANIES[1:], None)
        self.patch(FakeSource, "count", lambda source, stream: 5)
        self.job.action_read_again()
        self.work(self.job.run_id)
        self.assertFalse(self.get_vanished())

    def test_a_reading_since_a_date_calls_nothing_vanished(self):
        self.load_all()
        self.job.since = "2026-01-01"
        self.read_again(companies=COMPANIES[3:])
        self.assertFalse(self.get_vanished())
        self.assertFalse(self.get_messages("vanished_unsure"))

    def test_a_policy_does_not_archive_most_of_an_object(self):
        many = [{"id": i, "name": f"Casa {i}"} for i in range(1, 31)]
        self.load_all(companies=many, deals=[])
        self.job.vanished_policy = "archive"
        self.read_again(companies=many[:2], deals=[])
        self.load_changes()
        self.assertTrue(self.migrated("companies", "30").active)
        self.assertTrue(self.get_messages("vanished_many"))

    def test_an_object_that_the_source_lost_is_said_and_nothing_of_it_vanishes(self):
        self.load_all()
        streams = [s for s in FakeSource.streams if s.name != "companies"]
        self.patch(FakeSource, "streams", tuple(streams))
        run = self.read_again()
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertFalse(self.get_vanished())
        told = self.get_messages("stream_stopped")
        self.assertIn("does not have Companies any more", told.text)

    # -- what was decided stays ------------------------------------------------------

    def test_a_record_that_was_left_out_by_a_person_stays_so(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        self.run_kind("extract")
        self.staged("companies")[0]._skip("Not ours.")
        self.read_again(companies=[{**COMPANIES[0], "name": "Outra"}, *COMPANIES[1:]])
        self.assertEqual(self.staged("companies")[0].state, "skipped")

    def test_what_a_person_changed_stays_over_the_button(self):
        self.load_all()
        partner = self.migrated("companies", "1")
        partner.write({"name": "Minha Casa"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = now() + interval '1 hour' WHERE id = %s",
            [partner.id],
        )
        partner.invalidate_recordset()
        changed = {**COMPANIES[0], "name": "Casa Um", "email": "um@casa1.test"}
        self.read_again(companies=[changed, *COMPANIES[1:]])
        self.load_changes()
        self.assertEqual((partner.name, partner.email), ("Minha Casa", "um@casa1.test"))
        self.assertEqual(self.get_messages("changed_by_both").field, "name")

    def test_a_new_record_that_a_loaded_one_may_be_is_asked_about(self):
        self.load_all()
        self.job.duplicate_policy = "review"
        twin = {"id": 9, "name": "Casa 1", "email": "ola@casa1.test"}
        self.read_again(companies=[*COMPANIES, twin])
        found = self.job.duplicate_ids
        self.assertEqual(found.record_id.source_id, "9")
        self.assertEqual(found.res_id, self.migrated("companies", "1").id)
        with self.assertRaises(UserError):
            self.job.action_load()

    def test_a_kind_that_the_source_changed_is_not_written_over_another(self):
        self.load_all()
        link = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", "companies"),
                ("source_id", "=", "1"),
            ]
        )
        link.res_model = "crm.lead"
        lead = self.env["crm.lead"].browse(link.res_id)
        self.read_again(companies=[{**COMPANIES[0], "name": "Outra"}, *COMPANIES[1:]])
        self.load_changes()
        self.assertTrue(self.get_messages("became_another"))
        self.assertFalse(lead.exists() and lead.name == "Outra")
