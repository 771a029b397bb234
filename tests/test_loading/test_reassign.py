"""Somebody else takes over from owners: everything that came for them, and nothing else."""

from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..digests import get_digest
from ..loader_common import LoaderCase

STAMPS = {
    "@created_at": "2019-03-04 05:06:07",
    "@updated_at": "2019-05-06 07:08:09",
    "@created_by": {"$owner": "ghost"},
}
GHOST, ANNA, TWIN = ({"$owner": key} for key in ("ghost", "anna", "twin"))
OWNERS = {"crm_migration_owner"}


class ReassignCase(LoaderCase):
    """Ghost has a placeholder; Anna and Twin are the same real user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.migration.owner"].create(
            [
                {
                    "job_id": cls.job.id,
                    "key": "ghost",
                    "name": "Ghost Ghostly",
                    "decision": "placeholder",
                },
                {
                    "job_id": cls.job.id,
                    "key": "twin",
                    "name": "Twin",
                    "user_id": cls.anna.id,
                },
            ]
        )
        cls.bea = new_test_user(
            cls.env,
            "bea@example.test",
            name="Bea Berg",
            groups="base.group_user,sales_team.group_sale_salesman_all_leads",
        )
        cls.load_run.state = "done"

    def owner(self, key):
        return self.job.owner_ids.search(
            [("job_id", "=", self.job.id), ("key", "=", key)]
        )

    def reassign(self, **users):
        done = self.job._reassign(
            {self.owner(key): user for key, user in users.items()}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return done

    def load_work(self, owner=GHOST):
        """Load a bit of everything that has an owner; return the records by name."""
        self.load(
            "contacts",
            "res.partner",
            {"1": {**STAMPS, "name": "Zoë", "user_id": owner}},
        )
        self.load(
            "deals",
            "crm.lead",
            {
                "1": {
                    **STAMPS,
                    "name": "Roof",
                    "user_id": owner,
                    "partner_id": self.ref("contacts", "1"),
                }
            },
        )
        self.load(
            "todos",
            "mail.activity",
            {
                "1": {
                    **STAMPS,
                    "summary": "Call",
                    "user_id": owner,
                    "date_deadline": "2031-01-02",
                    "@thread": [self.ref("deals", "1")],
                }
            },
        )
        self.load(
            "meetings",
            "calendar.event",
            {
                "1": {
                    **STAMPS,
                    "name": "Review",
                    "start": "2030-01-01 10:00:00",
                    "stop": "2030-01-01 11:00:00",
                    "user_id": owner,
                }
            },
        )
        return {
            name: self.loaded(name, "1")
            for name in ("contacts", "deals", "todos", "meetings")
        }

    def get_stamps(self, records):
        self.env.flush_all()
        return {
            name: (r.create_date, r.write_date, r.create_uid, r.write_uid)
            for name, r in records.items()
        }


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

    def test_what_was_reassigned_verifies(self):
        self.load_work()
        self.reassign(ghost=self.bea)
        for stream, model in (
            ("contacts", "res.partner"),
            ("deals", "crm.lead"),
            ("todos", "mail.activity"),
            ("meetings", "calendar.event"),
        ):
            self.assertEqual(self.verify(stream, model, ["1"]), [], stream)

    def test_who_did_something_did_it_in_a_delta_as_well(self):
        by = {"@author": GHOST, "date": "2019-03-04 05:06:07", "body": "<p>Hm</p>"}
        self.load_work()
        ghost = self.owner("ghost").user_id
        thread = {"@thread": [self.ref("deals", "1")]}
        done = self.reassign(ghost=self.bea)
        self.load("notes", "mail.message", {"1": {**by, **thread}})
        self.assertEqual(self.loaded("notes", "1").author_id, ghost.partner_id)
        self.load(
            "deals", "crm.lead", {"2": {**STAMPS, "name": "New", "user_id": GHOST}}
        )
        deal = self.loaded("deals", "2")
        self.assertEqual((deal.create_uid, deal.user_id), (ghost, self.bea))
        done.action_undo()
        self.assertFalse(self.owner("ghost").author_user_id)

    def test_the_next_migration_knows_who_did_something(self):
        self.load_work()
        ghost = self.owner("ghost").user_id
        self.reassign(ghost=self.bea)
        later = self.job.copy({"name": "Later", "predecessor_id": self.job.id})
        seen = {"key": "ghost", "name": "Ghost", "email": False}
        found = later._match_owner(seen, later._get_user_index())
        self.assertEqual(
            (found["user_id"], found["author_user_id"]), (self.bea.id, ghost.id)
        )

    def test_a_done_activity_goes_along_and_its_message_stays(self):
        self.load_work()
        self.load(
            "todos",
            "mail.activity",
            {
                "2": {
                    **STAMPS,
                    "summary": "Done",
                    "user_id": GHOST,
                    "date_deadline": "2020-01-02",
                    "@done_at": "2020-01-03 10:00:00",
                    "@thread": [self.ref("deals", "1")],
                }
            },
        )
        ghost, done = self.owner("ghost").user_id, self.loaded("todos", "2")
        self.assertFalse(done.active)
        told = self.env["mail.message"].search(
            [("author_id", "=", ghost.partner_id.id)]
        )
        self.assertTrue(told)
        self.reassign(ghost=self.bea)
        self.assertEqual(done.user_id, self.bea)
        self.assertEqual(told.author_id, ghost.partner_id)
        self.assertEqual(self.verify("todos", "mail.activity", ["2"]), [])

    def test_the_team_stays_and_what_odoo_works_out_follows(self):
        team = self.env["crm.team"].create(
            {"name": "Direct", "member_ids": [(4, self.bea.id)]}
        )
        self.load("deals", "crm.lead", {"1": {"name": "Roof", "user_id": ANNA}})
        deal = self.loaded("deals", "1")
        opened = deal.date_open
        self.env.cr.execute(
            "UPDATE crm_lead SET probability = 33.3, automated_probability = 33.3"
            " WHERE id = %s",
            [deal.id],
        )
        self.env.invalidate_all()
        self.reassign(anna=self.bea)
        self.assertEqual(deal.probability, 33.3, "no more likely with another user")
        self.assertEqual(deal.team_id, self.job.team_id, "as with a load for her")
        self.assertNotEqual(deal.team_id, team)
        self.assertEqual((deal.company_id, deal.date_open), (self.company, opened))

    # -- who may not -------------------------------------------------------------

    def test_who_may_not_enter_the_company_is_told_beforehand(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        away = new_test_user(
            self.env,
            "away@example.test",
            groups="base.group_user",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        work = self.load_work()
        ghost = work["deals"].user_id
        with self.assertRaisesRegex(UserError, "may not enter"):
            self.reassign(ghost=away)
        self.assertEqual(work["deals"].user_id, ghost)
        portal = new_test_user(
            self.env, "portal@example.test", groups="base.group_portal"
        )
        with self.assertRaisesRegex(UserError, "not an internal user"):
            self.reassign(ghost=portal)
        # The record has moved to a company of which the new user knows nothing.
        self.work_on(work["contacts"], company_id=other.id)
        counts = self.job._count_references([(self.owner("ghost"), ghost, self.bea)])
        self.assertEqual(counts[self.owner("ghost")], {"move": 3, "company": 1})
        self.reassign(ghost=self.bea)
        self.assertEqual(work["contacts"].user_id, ghost)

    def test_only_a_manager_may_and_only_in_the_own_company(self):
        self.load_work()
        reviewer = new_test_user(
            self.env,
            "rev@example.test",
            groups="base.group_user,crm_migration.crm_migration_group_reviewer",
        )
        owner = self.owner("ghost")
        with self.assertRaises(AccessError):
            owner.with_user(reviewer).action_reassign()
        with self.assertRaises(AccessError):
            self.job.with_user(reviewer)._reassign({owner: self.bea})
        done = self.reassign(ghost=self.bea)
        with self.assertRaises(AccessError):
            done.with_user(reviewer).action_undo()
        with self.assertRaises(AccessError):
            done.with_user(reviewer).write({"state": "undone"})
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        abroad = new_test_user(
            self.env,
            "mana@example.test",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
            groups="base.group_user,crm_migration.crm_migration_group_manager",
        )
        with self.assertRaises(AccessError):
            done.with_user(abroad).action_undo()

    def test_not_while_something_runs_nor_before_a_load(self):
        with self.assertRaisesRegex(UserError, "Nothing has been loaded yet"):
            self.reassign(ghost=self.bea)
        self.load_work()
        self.load_run.state = "running"
        with self.assertRaisesRegex(UserError, "still at work"):
            self.reassign(ghost=self.bea)
        self.load_run.state = "done"
        with self.assertRaisesRegex(UserError, "Nobody to reassign"):
            self.reassign(anna=self.anna)

    def test_a_person_who_chooses_anew_in_the_list_keeps_a_rollback_off_a_real_user(
        self,
    ):
        self.load_work()
        owner = self.owner("ghost")
        ghost = owner.user_id
        owner.user_id = self.bea
        self.assertEqual((owner.is_created, owner.made_user_id), (False, ghost))
        for stream in ("meetings", "todos", "deals", "contacts"):
            self.unload(stream)
        self.env["crm.migration.phase.rollback"]._remove_users(self.job)
        self.assertTrue(self.bea.exists())
        self.assertFalse(ghost.exists())


@tagged("post_install", "-at_install")
class TestReassignFurther(ReassignCase):
    def setUp(self):
        # Last of all: the field that a test creates is gone with its transaction.
        self.addCleanup(lambda: self.registry._setup_models__(self.env.cr))
        super().setUp()

    def test_followers_and_custom_fields_go_along(self):
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_second_user",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "field_description": "Second",
                "ttype": "many2one",
                "relation": "res.users",
            }
        )
        mapping = self.mapping("deals", "crm.lead")
        self.env["crm.migration.mapping.line"].create(
            {
                "mapping_id": mapping.id,
                "target": "@custom.second",
                "state": "accepted",
                "custom_field": field.name,
                "source_paths": "second",
            }
        )
        self.load(
            "deals",
            "crm.lead",
            {
                "1": {
                    "name": "Roof",
                    "user_id": ANNA,
                    "@custom.second": GHOST,
                    "message_partner_ids": [ANNA, GHOST],
                }
            },
        )
        deal = self.loaded("deals", "1")
        self.assertEqual(deal.x_second_user, self.owner("ghost").user_id)
        self.assertEqual(deal.message_partner_ids, self.anna.partner_id)
        done = self.reassign(ghost=self.bea)
        self.assertEqual((deal.user_id, deal.x_second_user), (self.anna, self.bea))
        self.assertEqual(deal.message_partner_ids, (self.anna | self.bea).partner_id)
        follower = deal.message_follower_ids.filtered(
            lambda one: one.partner_id == self.bea.partner_id
        )
        self.assertTrue(follower.subtype_ids)
        done.action_undo()
        self.env.invalidate_all()
        self.assertEqual(deal.message_partner_ids, self.anna.partner_id)
        self.assertEqual(deal.x_second_user, self.owner("ghost").user_id)


@tagged("post_install", "-at_install")
class TestReassignInApps(ReassignCase):
    def setUp(self):
        super().setUp()
        if "project.task" not in self.env:
            self.skipTest("without Project")

    def test_tasks_stand_in_the_new_users_own_stages(self):
        self.load(
            "projects", "project.project", {"1": {"name": "Hall", "user_id": GHOST}}
        )
        self.load(
            "tasks",
            "project.task",
            {
                "1": {
                    **STAMPS,
                    "name": "Lay tiles",
                    "user_ids": [ANNA, GHOST],
                    "project_id": self.ref("projects", "1"),
                }
            },
        )
        task = self.loaded("tasks", "1")
        stamps = self.get_stamps({"task": task})
        ghost = self.owner("ghost").user_id
        # Who takes over has stages of their own, as every user with Project has.
        self.env["project.task"].create({"name": "Own", "user_ids": [(4, self.bea.id)]})
        self.env.flush_all()
        before = get_digest(self.env)
        done = self.reassign(ghost=self.bea)
        self.assertEqual(task.user_ids, self.anna | self.bea)
        self.assertEqual(self.loaded("projects", "1").user_id, self.bea)
        self.env.cr.execute(
            "SELECT stage.user_id FROM project_task_user_rel AS rel"
            "  JOIN project_task_type AS stage ON stage.id = rel.stage_id"
            " WHERE rel.task_id = %s AND rel.user_id = %s",
            [task.id, self.bea.id],
        )
        self.assertEqual(self.env.cr.fetchall(), [(self.bea.id,)])
        self.assertEqual(self.get_stamps({"task": task}), stamps)
        self.assertEqual(self.verify("tasks", "project.task", ["1"]), [])
        done.action_undo()
        self.env.invalidate_all()
        self.assertEqual(task.user_ids, self.anna | ghost)
        after = get_digest(self.env)
        self.assertEqual({k for k in after if after[k] != before[k]}, set())
