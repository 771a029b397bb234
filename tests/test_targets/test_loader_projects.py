"""Projects with milestones, stages and tasks; without the app, activities in their place."""

from datetime import date, datetime

from odoo.tests import tagged

from ...connectors.mapping.apply import apply, as_json
from ...connectors.mapping.vocabulary import field, mapping
from ..digests import count_moves, get_digest, get_row_hashes
from ..loader_common import LoaderCase

CREATED, CHANGED = "2019-03-04 05:06:07", "2019-05-06 07:08:09"
STAMPS = {"@created_at": CREATED, "@updated_at": CHANGED}


@tagged("post_install", "-at_install")
class TestToDosAsTasks(LoaderCase):
    """Somebody decides that the to-dos of a source become tasks."""

    def setUp(self):
        super().setUp()
        self.load("contacts", "res.partner", {"1": {"name": "Zoë <b>"}})
        self.load("deals", "crm.lead", {"1": {"name": "Roof ✓"}})
        self.is_here = "project.task" in self.env

    def load_todo(self, **values):
        """Load a to-do the way it takes in this database; return its record."""
        values = {**STAMPS, "user_ids": {"$owner": "anna"}, **values}
        wanted = mapping(
            "todos", "project.task", *(field(name, name) for name in values)
        )
        (item,), _left = self.env["crm.migration.target"]._resolve_mappings([wanted])
        if item is not wanted:
            values = apply(as_json(item)["fields"], values).values
        self.load("todos", item.model, {"1": values})
        self.assertEqual(self.verify("todos", item.model, ["1"]), [])
        return self.loaded("todos", "1")

    def test_an_open_one_has_its_day_its_person_and_what_it_is_about(self):
        todo = self.load_todo(
            name="Call «back»",
            description="<p>50 %</p>",
            date_deadline="2031-01-31 23:30:00",
            **{"@thread": [self.ref("deals", "1"), self.ref("contacts", "1")]},
        )
        deal, zoe = self.loaded("deals", "1"), self.loaded("contacts", "1")
        if not self.is_here:
            self.assertEqual(
                (todo._name, todo.summary), ("mail.activity", "Call «back»")
            )
            self.assertEqual(todo.date_deadline, date(2031, 1, 31))
            self.assertEqual((todo.user_id, todo.res_id), (self.anna, deal.id))
            return
        self.assertEqual((todo.user_ids, todo.partner_id), (self.anna, zoe))
        self.assertEqual(todo.date_deadline, datetime(2031, 1, 31, 23, 30))
        self.assertEqual((todo.state, todo.date_end), ("01_in_progress", False))
        note = deal.message_ids.filtered(lambda message: message.id < 0)
        self.assertIn(f'data-oe-id="{todo.id}"', note.body)
        self.assertFalse(zoe.message_ids.filtered(lambda message: message.id < 0))

    def test_a_done_one_was_done_then(self):
        todo = self.load_todo(name="Sent", **{"@done_at": "2019-04-05 10:00:00"})
        if not self.is_here:
            self.assertEqual((todo.active, todo.date_done), (False, date(2019, 4, 5)))
            return
        self.assertEqual(todo.state, "1_done")
        self.assertEqual(todo.date_end, datetime(2019, 4, 5, 10))
        self.assertEqual(todo.create_date, datetime(2019, 3, 4, 5, 6, 7))

    def test_one_without_a_day_that_is_done_was_done_when_it_was_changed_last(self):
        todo = self.load_todo(name="Sent", state="1_done")
        if not self.is_here:
            self.assertEqual((todo.active, todo.date_done), (False, date(2019, 5, 6)))
            return
        self.assertEqual(todo.date_end, datetime(2019, 5, 6, 7, 8, 9))

    def test_what_nobody_would_find_is_in_the_inbox_of_the_migration(self):
        todo = self.load_todo(name="Whose?", user_ids=None)
        if not self.is_here:
            partner = self.job.company_id.partner_id
            self.assertEqual((todo.res_model, todo.res_id), ("res.partner", partner.id))
            return
        self.assertIn(self.job.name, todo.project_id.name)
        self.assertEqual(todo.project_id.privacy_visibility, "employees")
        self.assertFalse(todo.user_ids | todo.project_id.user_id)


@tagged("post_install", "-at_install")
class TestProjects(LoaderCase):
    def setUp(self):
        super().setUp()
        self.is_here = "project.task" in self.env

    def test_reached_milestones_keep_their_day(self):
        if not self.is_here:
            return self.assertNotIn("project.milestone", self.env)
        self.load("projects", "project.project", {"1": {"name": "Dock"}})
        rows = {
            "1": {"name": "Piles", "project_id": self.ref("projects", "1"),
                  "@done_at": "2019-04-28 16:30:00"},
            "2": {"name": "Deck", "is_reached": True, **STAMPS},
        }  # fmt: skip
        self.load("goals", "project.milestone", rows)
        days = [self.loaded("goals", key).reached_date for key in "12"]
        self.assertEqual(days, [date(2019, 4, 28), date(2019, 5, 6)])
        rows["1"]["name"] = "Piles!"
        self.load("goals", "project.milestone", rows)
        self.assertEqual(self.loaded("goals", "1").reached_date, date(2019, 4, 28))
        return self.assertEqual(
            self.verify("goals", "project.milestone", ["1", "2"]), []
        )

    def test_a_project_says_that_it_has_milestones_where_some_come(self):
        if not self.is_here:
            return self.assertNotIn("project.project", self.env)
        self.load("projects", "project.project", {"1": {"name": "Without"}})
        self.mapping("goals", "project.milestone")
        self.load("others", "project.project", {"1": {"name": "With"}})
        found = [self.loaded(s, "1").allow_milestones for s in ("projects", "others")]
        return self.assertEqual(found, [False, True])

    def test_a_task_of_a_milestone_stands_in_the_project_of_that(self):
        """Odoo offers only the milestones of the task's own project (project, 19.0)."""
        if "project.milestone" not in self.env:
            return
        self.load("projects", "project.project", {"1": {"name": "Dock"}})
        goal = {"name": "Shell", "project_id": self.ref("projects", "1")}
        self.load("goals", "project.milestone", {"1": goal})
        task = {"name": "Crack", "milestone_id": self.ref("goals", "1")}
        self.load("tasks", "project.task", {"1": {**task, "@project": "Issues"}})
        made = self.loaded("tasks", "1")
        self.assertEqual(made.project_id, self.loaded("projects", "1"))
        self.assertEqual(made.milestone_id, self.loaded("goals", "1"))
        self.assertFalse(self.env["project.project"].search([("name", "=", "Issues")]))

    def test_milestones_are_shown_and_a_rollback_hides_them_as_they_were(self):
        if not self.is_here:
            return self.assertNotIn("project.milestone", self.env)
        self.mapping("goals", "project.milestone")
        shown = self.env.ref("project.group_project_milestone")
        everybody = self.env.ref("base.group_user")
        projects = self.env["project.project"].with_context(active_test=False)
        projects.search([]).allow_milestones = False
        self.assertNotIn(shown, everybody.all_implied_ids)
        before = get_digest(self.env)
        self.load("projects", "project.project", {"1": {"name": "Dock"}})
        self.assertIn(shown, everybody.all_implied_ids)
        self.unload("projects")
        after = get_digest(self.env)
        differing = {name for name in before if before[name] != after[name]}
        self.assertFalse(differing)
        # What somebody else has stays for everybody.
        projects.create({"name": "Ours", "allow_milestones": True})
        self.load("projects", "project.project", {"2": {"name": "Bridge"}})
        self.unload("projects")
        return self.assertIn(shown, everybody.all_implied_ids)

    def test_a_stage_may_stand_in_the_inbox_as_well(self):
        if not self.is_here:
            return self.assertNotIn("project.task.type", self.env)
        other = self.env["project.project"].create({"name": "Ours"})
        self.load("projects", "project.project", {"1": {"name": "Dock"}})
        column = {"name": "Doing", "project_ids": [self.ref("projects", "1")]}
        self.load("columns", "project.task.type", {"1": column})
        row = {
            "name": "Belongs nowhere",
            "stage_id": self.ref("columns", "1"),
            **STAMPS,
        }
        self.load("todos", "project.task", {"1": row})
        task, stage = self.loaded("todos", "1"), self.loaded("columns", "1")
        self.assertEqual(task.stage_id, stage)
        dock = self.loaded("projects", "1")
        self.assertEqual(stage.project_ids, dock | task.project_id)
        self.assertNotEqual(task.project_id, dock)
        self.assertEqual(self.verify("columns", "project.task.type", ["1"]), [])
        self.env.cr.execute(
            "INSERT INTO project_task_type_rel (type_id, project_id) VALUES (%s, %s)",
            [stage.id, other.id],
        )
        self.env.invalidate_all()
        found = self.verify("columns", "project.task.type", ["1"])
        return self.assertEqual([row["field"] for row in found], ["project_ids"])

    def test_dates_stay_when_the_source_moves_a_task_on(self):
        if not self.is_here:
            return self.assertNotIn("project.task.type", self.env)
        project = {"project_ids": [self.ref("projects", "1")]}
        self.load("projects", "project.project", {"1": {"name": "Dock"}})
        self.load("columns", "project.task.type", {
            "1": {"name": "Doing", **project},
            "2": {"name": "Done", "fold": True, **project},
        })  # fmt: skip
        self.assertFalse(self.loaded("columns", "1").user_id)
        row = {
            "name": "Measure", "project_id": self.ref("projects", "1"),
            "stage_id": self.ref("columns", "1"), **STAMPS,
        }  # fmt: skip
        self.load("tasks", "project.task", {"1": row})
        row |= {
            "stage_id": self.ref("columns", "2"),
            "@done_at": "2019-06-01 09:00:00",
            "@updated_at": "2019-06-02 09:00:00",
        }
        self.load("tasks", "project.task", {"1": row})
        task = self.loaded("tasks", "1")
        self.assertEqual(task.stage_id, self.loaded("columns", "2"))
        self.assertEqual(
            (task.state, task.date_end), ("1_done", datetime(2019, 6, 1, 9))
        )
        self.assertEqual(task.write_date, datetime(2019, 6, 2, 9))
        return self.assertEqual(self.verify("tasks", "project.task", ["1"]), [])

    def test_a_task_that_waits_still_waits_in_another_stage(self):
        if not self.is_here:
            return self.assertNotIn("project.task", self.env)
        self.load("projects", "project.project", {"1": {"name": "Dock"}})
        stages = {"1": {"name": "Backlog"}, "2": {"name": "Doing"}}
        self.load("stages", "project.task.type", stages)
        row = {"name": "Piles", "project_id": self.ref("projects", "1"),
               "state": "04_waiting_normal", **STAMPS}  # fmt: skip
        for stage in ("1", "2"):
            row["stage_id"] = self.ref("stages", stage)
            self.load("tasks", "project.task", {"1": row})
            task = self.loaded("tasks", "1")
            self.assertEqual(task.stage_id, self.loaded("stages", stage))
            self.assertEqual(task.state, "04_waiting_normal")
        del row["stage_id"]
        self.load("tasks", "project.task", {"1": row})
        self.assertEqual(task.state, "04_waiting_normal")
        return self.assertEqual(self.verify("tasks", "project.task", ["1"]), [])

    def test_a_number_of_a_task_does_not_change_its_contact(self):
        if not self.is_here:
            return self.assertNotIn("project.task", self.env)
        self.load(
            "contacts", "res.partner", {"1": {"name": "Z", "phone": "+351 211 111 111"}}
        )
        row = {"name": "Call", "partner_id": self.ref("contacts", "1")}
        row |= {"partner_phone": "+351 999 999 999"}
        self.load("tasks", "project.task", {"1": row})
        self.assertNotIn("999", self.loaded("contacts", "1").phone)
        return self.assertIn("+351 999 999 999", self.loaded("tasks", "1").description)

    def test_personal_stages_that_came_with_the_first_task_go_with_it(self):
        """Of a user who was there before Project was installed."""
        if not self.is_here:
            return self.assertNotIn("project.task.type", self.env)
        stages = self.env["project.task.type"]
        self.env.cr.execute(
            "DELETE FROM project_task_user_rel WHERE user_id = %(id)s;"
            "DELETE FROM project_task_type WHERE user_id = %(id)s",
            {"id": self.anna.id},
        )
        self.env.invalidate_all()
        moves, hashes = count_moves(self.env), get_row_hashes(self.env)
        rows = {"1": {"name": "First", "user_ids": {"$owner": "anna"}}}
        self.load("tasks", "project.task", rows)
        self.assertTrue(stages.search([("user_id", "=", self.anna.id)]))
        for stream in ("tasks", "@helper"):
            self.unload_all(stream)
        moved = {n for n, m in count_moves(self.env).items() if m != moves.get(n)}
        now = get_row_hashes(self.env, moved)
        return self.assertEqual({n for n in now if now[n] != hashes.get(n, {})}, set())

    def load_members(self, keys=("anna", "gone"), **values):
        """Load a board that these may see; one of them cannot log in any more."""
        if not self.env["crm.migration.owner"].search([("key", "=", "gone")]):
            gone = self.env["res.users"].create(
                {"name": "Gone Ås", "login": "gone@example.test", "active": False}
            )
            self.env["crm.migration.owner"].create(
                {"job_id": self.job.id, "key": "gone", "name": "Gone Ås", "user_id": gone.id}
            )  # fmt: skip
        users = {key: {"name": key, "login": f"{key}@x.test"} for key in ("anna", "gone")}  # fmt: skip
        self.load("users", "res.users", users)
        members = [self.ref("users", key) for key in keys]
        row = {"name": "Dock", "privacy_visibility": "followers", **values}
        row["message_partner_ids"] = members
        self.load("boards", "project.project", {"1": row})
        return self.loaded("boards", "1")

    def test_members_follow_a_board_for_them_alone_and_nobody_is_written_to(self):
        if not self.is_here:
            return self.assertNotIn("project.project", self.env)
        self.anna.group_ids += self.env.ref("project.group_project_user")
        sent = self.env["mail.mail"].search_count([])
        board = self.load_members()
        self.assertEqual(board.message_partner_ids, self.anna.partner_id)
        self.assertIn("Gone Ås", board.description)
        board.with_user(self.anna).check_access("read")
        self.assertEqual(self.env["mail.mail"].search_count([]), sent)
        self.assertEqual(board.message_ids.notified_partner_ids.ids, [])
        self.assertEqual(self.verify("boards", "project.project", ["1"]), [])
        board.message_unsubscribe(self.anna.partner_id.ids)
        (missing,) = self.verify("boards", "project.project", ["1"])
        return self.assertEqual(missing["field"], "message_partner_ids")

    def test_who_follows_besides_stays_and_who_is_no_member_any_more_goes(self):
        if not self.is_here:
            return self.assertNotIn("project.project", self.env)
        board = self.load_members()
        zoe = self.env["res.partner"].create({"name": "Zoë"})
        board.message_subscribe(zoe.ids)
        self.assertEqual(self.verify("boards", "project.project", ["1"]), [])
        self.load_members(keys=(), name="Dock 2")
        self.assertEqual((board.name, board.message_partner_ids), ("Dock 2", zoe))
        self.load_members(name="Dock 3")
        self.assertEqual(board.message_partner_ids, zoe | self.anna.partner_id)
        return self.assertEqual(self.verify("boards", "project.project", ["1"]), [])

    def test_members_go_with_a_rollback(self):
        if not self.is_here:
            return self.assertNotIn("project.project", self.env)
        board = self.load_members()
        followers = board.message_follower_ids
        self.assertEqual(len(followers), 1)
        self.unload_all("boards")
        return self.assertFalse(board.exists() or followers.exists())

    def test_a_word_that_odoo_does_not_know_opens_a_project_to_nobody(self):
        if not self.is_here:
            return self.assertNotIn("project.project", self.env)
        words = {"1": "team only", "2": "employees", "3": None}
        rows = {k: {"name": k, "privacy_visibility": w} for k, w in words.items()}
        del rows["3"]["privacy_visibility"]
        self.load("boards", "project.project", rows)
        found = [self.loaded("boards", key).privacy_visibility for key in "123"]
        self.assertEqual(found, ["followers", "employees", "portal"])
        self.assertIn("team only", self.loaded("boards", "1").description)
        shown = dict(
            self.env["project.project"]._fields["privacy_visibility"].selection
        )
        told = self.messages("value_replaced").text
        self.assertIn(f"“team only”. “{shown['followers']}” stands there.", told)
        self.assertFalse(self.messages("value_left_out"))
        return self.assertEqual(
            self.verify("boards", "project.project", list("123")), []
        )

    def unload_all(self, stream):
        maps = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("stream", "=", stream)], order="id desc"
        )
        self.env["crm.migration.target"]._roll_back(self.load_run, maps)
        self.env.invalidate_all()
