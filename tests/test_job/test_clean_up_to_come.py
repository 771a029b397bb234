"""What is still to be loaded, decided or taken back survives a Clean Up."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import FakeSource
from ..digests import get_digest
from .fetch_case import FetchCase

READ = {("data", "payloads"), ("data", "values")}


@tagged("post_install", "-at_install")
class TestCleanUpToCome(FetchCase):
    def get_cities(self, *source_ids):
        self.env.invalidate_all()
        return [self.migrated("contacts", each).city for each in source_ids]

    def read_again(self):
        run = self.run_kind("extract", {"again": True})
        self.assertEqual(run.state, "done", run.blocked_reason)

    def get_note(self):
        [piece] = [p for p in self.job._find_pieces() if p["key"] == "payloads"]
        return piece["note"]

    def test_what_was_read_and_not_loaded_yet_is_loaded(self):
        self.load_all()
        self.change(2, city="Lagos")
        self.read_again()
        self.change(4, city="Tavira")
        self.fetch("4")
        self.assertIn("2 records that are still to be loaded", self.get_note())
        self.job._clean_up(READ)
        self.run_kinds("load")
        self.assertEqual(self.get_cities("2", "3", "4"), ["Lagos", "Porto", "Tavira"])
        self.assertFalse(self.get_messages("wiped_undecided"))

    def test_a_conflict_can_still_be_decided(self):
        self.load_all()
        partner = self.migrated("contacts", "2")
        self.work_on(partner, city="Faro")
        self.change(2, city="Lagos")
        self.load(self.fetch("2"))
        self.job._clean_up(READ)
        conflict = self.env["crm.migration.conflict"].search(
            [("job_id", "=", self.job.id), ("state", "=", "open")]
        )
        conflict.action_take_source()
        self.job._clean_up({("records", "crm.tag")})
        self.run_kinds("load")
        self.assertEqual((partner.city, conflict.state), ("Lagos", "settled"))
        self.job._clean_up(READ)
        self.assertTrue(all(self.staged("contacts").mapped("is_wiped")))

    def test_taken_back_it_is_read_and_loaded_again(self):
        before = get_digest(self.env)
        self.load_all()
        loaded = {(m.stream, m.source_id): m.res_model for m in self.get_links()}
        self.job._clean_up(READ)
        self.run_kinds("rollback")
        after = get_digest(self.env)
        self.assertEqual({n for n in after if after[n] != before.get(n)}, set())
        self.run_kinds("load")
        told = self.get_messages("wiped_unloaded")
        self.assertIn("contacts", told.mapped("stream"))
        self.assertIn("4 records", told.filtered(lambda m: m.stream == "contacts").text)
        self.read_again()
        self.run_kinds("load", "verify")
        self.assertEqual(
            {(m.stream, m.source_id): m.res_model for m in self.get_links()}, loaded
        )
        self.assertEqual(self.job._count_open(), (0, 0))
        self.assertEqual(set(told.mapped("state")), {"closed"})

    def get_links(self):
        self.env.invalidate_all()
        return self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])

    def test_taken_back_in_part_it_is_read_and_loaded_again(self):
        self.load_all()
        self.job._clean_up(READ)
        link = self.get_links().filtered(lambda m: m.res_model == "crm.tag")
        source_id = link.source_id
        self.run_kind("rollback", {"ids": link.ids})
        self.assertFalse(self.migrated("rows", source_id))
        self.read_again()
        self.run_kinds("load")
        self.assertEqual(self.migrated("rows", source_id).name, "fetched tag")

    def test_what_is_lost_with_a_record_is_still_known(self):
        self.load_all()
        self.job.vanished_policy = "archive"
        self.job._clean_up(READ)
        self.change(2, comments={20: "<p>First of 2</p>"})
        dialog = self.fetch("2")
        fates = {(o.stream_id.name, o.fate): o.count for o in dialog.object_ids}
        self.assertEqual(fates, {("comments", "unchanged"): 1, ("comments", "gone"): 1})
        self.assertEqual(self.get_counts("comments"), [8, 7, 1, 0])
        self.assertEqual(self.fetch("31", "comments").fetched_id.source_id, "3")
        FakeSource.data["contacts"].remove(self.get_row(3))
        self.fetch("3").action_let_vanish()
        gone = self.staged("comments").filtered("vanished_at")
        self.assertEqual(gone.mapped("source_id"), ["21", "30", "31"])
        self.work(self.job.run_id)
        self.job._close()
        self.assertEqual([r.payload for r in self.staged("comments") if r.payload], [])

    def test_only_objects_of_the_migration_are_fetched(self):
        self.load_all()
        other = self.env["crm.migration.job"].create(
            {"name": "Other", "source": "fake"}
        )
        own = type(self).job
        self.addCleanup(setattr, type(self), "job", own)
        type(self).job = other
        self.run_kinds("discover")
        foreign = self.get_stream("contacts")
        type(self).job = own
        dialog = self.open("2")
        dialog.stream_id = foreign
        with self.assertRaisesRegex(UserError, "has no object contacts"):
            dialog.action_fetch()
