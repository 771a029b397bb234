"""What comes behind a reassignment: deltas, proofs, refusals, further fields, apps."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..digests import get_digest
from .reassign_common import ANNA, GHOST, STAMPS, ReassignCase


@tagged("post_install", "-at_install")
class TestReassignAfterwards(ReassignCase):
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
            self.skipTest("Tasks need Project, which ./dev/test apps installs")

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
