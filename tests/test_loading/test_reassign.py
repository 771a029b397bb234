"""Somebody else takes over from owners: everything that came for them, and nothing else."""

from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..digests import get_digest
from .reassign_common import ANNA, GHOST, STAMPS, TWIN, ReassignCase


@tagged("post_install", "-at_install")
class TestReassign(ReassignCase):
    def test_everything_goes_to_the_new_user_and_nobody_hears_of_it(self):
        work = self.load_work()
        ghost = self.owner("ghost").user_id
        self.assertEqual(work["deals"].user_id, ghost)
        before = self.get_stamps(work)
        loud = {
            name: self.env[name].search_count([])
            for name in (
                "mail.message",
                "mail.mail",
                "mail.notification",
                "mail.tracking.value",
                "mail.followers",
            )
        }
        done = self.reassign(ghost=self.bea)
        for name, record in work.items():
            self.assertEqual(record.user_id, self.bea, name)
        self.assertEqual(self.get_stamps(work), before)
        self.assertEqual(work["deals"].create_uid, ghost, "who made it stays")
        # What it says in its own chatter is for nobody's inbox.
        loud["mail.message"] += 1
        self.assertEqual({name: self.env[name].search_count([]) for name in loud}, loud)
        self.assertEqual((done.moved_count, done.changed_count), (4, 0))
        self.assertEqual(done.user_id, self.env.user)
        self.assertEqual(work["meetings"].partner_ids, self.bea.partner_id)
        self.assertEqual(work["meetings"].attendee_ids.state, "accepted")
        self.assertEqual(work["meetings"].attendee_ids.common_name, "Bea Berg")
        owner = self.owner("ghost")
        self.assertEqual(
            (owner.user_id, owner.decision, owner.is_created, owner.made_user_id),
            (self.bea, "assign", False, ghost),
        )

    def test_another_owner_with_the_same_user_keeps_theirs(self):
        self.load(
            "deals",
            "crm.lead",
            {
                "1": {"name": "Hers", "user_id": ANNA},
                "2": {"name": "His", "user_id": TWIN},
            },
        )
        done = self.reassign(twin=self.bea)
        self.assertEqual(self.loaded("deals", "1").user_id, self.anna)
        self.assertEqual(self.loaded("deals", "2").user_id, self.bea)
        self.assertEqual(done.moved_count, 1)

    def test_two_owners_change_places(self):
        self.owner("ghost").user_id = self.bea
        self.load(
            "deals",
            "crm.lead",
            {"1": {"name": "A", "user_id": ANNA}, "2": {"name": "B", "user_id": GHOST}},
        )
        self.reassign(anna=self.bea, ghost=self.anna)
        self.assertEqual(self.loaded("deals", "1").user_id, self.bea)
        self.assertEqual(self.loaded("deals", "2").user_id, self.anna)

    def test_where_somebody_has_chosen_another_user_that_one_stays(self):
        work = self.load_work()
        self.work_on(work["deals"], user_id=self.anna.id)
        self.work_on(work["contacts"], city="Faro")
        done = self.reassign(ghost=self.bea)
        self.assertEqual(work["deals"].user_id, self.anna)
        self.assertEqual(
            work["contacts"].user_id, self.bea, "another field was changed"
        )
        self.assertEqual((done.moved_count, done.changed_count), (3, 1))
        self.assertEqual(done.line_ids.changed_count, 1)

    def test_who_was_left_empty_can_be_taken_over(self):
        self.owner("ghost").write({"decision": "empty", "user_id": False})
        self.load(
            "deals",
            "crm.lead",
            {"1": {"name": "Roof", "user_id": GHOST}, "2": {"name": "Nobody's"}},
        )
        done = self.reassign(ghost=self.bea)
        self.assertEqual(self.loaded("deals", "1").user_id, self.bea)
        self.assertFalse(self.loaded("deals", "2").user_id)
        done.action_undo()
        self.env.invalidate_all()
        self.assertFalse(self.loaded("deals", "1").user_id)
        self.assertEqual(self.owner("ghost").decision, "empty")

    def test_undo_leaves_the_database_as_it_was(self):
        work = self.load_work()
        ghost = self.owner("ghost").user_id
        before = get_digest(self.env)
        done = self.reassign(ghost=self.bea)
        self.assertNotEqual(get_digest(self.env), before)
        done.action_undo()
        self.env.invalidate_all()
        after = get_digest(self.env)
        self.assertEqual({k for k in after if after[k] != before[k]}, set())
        self.assertEqual(work["deals"].user_id, ghost)
        self.assertEqual(
            (done.state, done.back_count, done.kept_count), ("undone", 4, 0)
        )
        owner = self.owner("ghost")
        self.assertEqual(
            (owner.user_id, owner.decision, owner.is_created, owner.made_user_id.id),
            (ghost, "placeholder", True, False),
        )
        with self.assertRaisesRegex(UserError, "undone already"):
            done.action_undo()

    def test_undo_leaves_what_somebody_has_changed_since(self):
        work = self.load_work()
        done = self.reassign(ghost=self.bea)
        self.work_on(work["deals"], user_id=self.anna.id)
        done.action_undo()
        self.env.invalidate_all()
        self.assertEqual(work["deals"].user_id, self.anna)
        self.assertEqual((done.back_count, done.kept_count), (3, 1))

    def test_the_later_one_is_undone_first(self):
        work = self.load_work()
        ghost = self.owner("ghost").user_id
        first = self.reassign(ghost=self.bea)
        second = self.reassign(ghost=self.anna)
        with self.assertRaisesRegex(UserError, "later reassignment of Ghost"):
            first.action_undo()
        second.action_undo()
        first.action_undo()
        self.env.invalidate_all()
        self.assertEqual(work["deals"].user_id, ghost)

    def test_a_rollback_of_the_migration_works_after_it(self):
        before = get_digest(self.env)
        self.load_work()
        ghost = self.owner("ghost").user_id
        self.reassign(ghost=self.bea)
        for stream in ("meetings", "todos", "deals", "contacts"):
            self.assertEqual(self.unload(stream), {"deleted": 1}, stream)
        self.env["crm.migration.phase.rollback"]._remove_users(self.job)
        self.env.invalidate_all()
        self.assertFalse(ghost.exists(), "the placeholder goes")
        self.assertTrue(self.bea.exists(), "who has taken over stays")
        self.assertEqual(self.owner("ghost").user_id, self.bea)
        after = get_digest(self.env)
        self.assertEqual({k for k in after if after[k] != before[k]}, set())

    def test_a_record_that_odoo_had_before_gets_its_own_user_back(self):
        there = self.env["res.partner"].create(
            {"name": "There", "email": "there@example.test"}
        )
        hers = self.env["res.partner"].create(
            {"name": "Hers", "email": "hers@example.test", "user_id": self.anna.id}
        )
        self.env.flush_all()
        before = get_digest(self.env)
        for key, partner in (("1", there), ("2", hers)):
            self.load(
                "people",
                "res.partner",
                {key: {"name": partner.name, "user_id": ANNA}},
                decision="merge",
                merge_id=partner.id,
            )
        self.assertEqual(there.user_id, self.anna)
        done = self.reassign(anna=self.bea)
        self.assertEqual(there.user_id, self.bea)
        self.assertEqual(hers.user_id, self.anna, "not by this migration")
        self.assertEqual(done.moved_count, 1)
        self.unload("people")
        after = get_digest(self.env)
        self.assertEqual({k for k in after if after[k] != before[k]}, set())
        self.assertFalse(there.user_id)

    def test_a_record_that_odoo_had_before_is_undone_as_well(self):
        there = self.env["res.partner"].create({"name": "There"})
        self.load(
            "people",
            "res.partner",
            {"1": {"name": "T", "user_id": ANNA}},
            decision="merge",
            merge_id=there.id,
        )
        done = self.reassign(anna=self.bea)
        done.action_undo()
        self.env.invalidate_all()
        self.assertEqual(there.user_id, self.anna)
        self.unload("people")
        self.assertFalse(there.user_id)

    def test_a_delta_afterwards_respects_it(self):
        work = self.load_work()
        self.reassign(ghost=self.bea)
        self.job._follow_decisions()
        deal = {
            **STAMPS,
            "name": "Roof",
            "user_id": GHOST,
            "partner_id": self.ref("contacts", "1"),
        }
        later = {**deal, "name": "New roof", "@updated_at": "2019-06-06 07:08:09"}
        counter = self.load("deals", "crm.lead", {"1": later, "2": deal})
        self.assertEqual(counter, {"updated": 1, "created": 1})
        self.assertEqual(work["deals"].user_id, self.bea)
        self.assertEqual(work["deals"].name, "New roof")
        self.assertEqual(work["deals"].write_date, datetime(2019, 6, 6, 7, 8, 9))
        self.assertEqual(self.loaded("deals", "2").user_id, self.bea)
        self.assertFalse(self.messages("changed_by_both"))
