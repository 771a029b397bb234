"""To-dos: open, done, overdue for years."""

from datetime import date, datetime

from odoo.tests import tagged
from odoo.tools import html_sanitize, is_html_empty

from .activity_common import LOUD, ActivityCase


@tagged("post_install", "-at_install")
class TestLoaderActivity(ActivityCase):
    def load_todos(self, rows):
        for values in rows.values():
            values.setdefault("@thread", [self.ref("deals", "1")])
        return self.load("todos", "mail.activity", rows)

    def load_forgotten(self, policy):
        self.job.overdue_policy = policy
        rows = {
            "1": {"summary": "Ring", "date_deadline": "2015-03-02"},
            "2": {"summary": "Visit", "date_deadline": str(date.today())},
            "3": {"summary": "Write", "date_deadline": "2015-03-03", "active": False},
        }
        for values in rows.values():
            values |= {"@thread": self.ref("deals", "1"), "note": "<p>Slate</p>"}
        self.load("todos", "mail.activity", rows)
        self.assertEqual(self.verify("todos", "mail.activity", list(rows)), [])
        return [
            self.loaded("todos", key).with_context(active_test=False) for key in rows
        ]

    def test_what_is_overdue_for_years_is_closed_on_its_day_where_that_was_chosen(self):
        ring, visit, write = self.load_forgotten("close")
        self.assertEqual((ring.active, ring.date_done), (False, date(2015, 3, 2)))
        self.assertEqual((visit.active, visit.date_done), (True, False))
        self.assertNotEqual(write.date_done, date(2015, 3, 3))
        self.assertEqual(
            len(self.lead.message_ids.filtered("mail_activity_type_id")), 1
        )

    def test_or_a_note_stands_for_it(self):
        ring, visit, _write = self.load_forgotten("note")
        self.assertFalse(ring.active)
        self.assertTrue(visit.active)
        [note] = self.lead.message_ids.filtered("mail_activity_type_id")
        self.assertIn("never done: Ring", note.body)
        self.assertIn("Slate", note.body)
        self.assertEqual(note.date.date(), date(2015, 3, 2))
        self.assertEqual(self.unload("todos"), {"deleted": 3})
        self.assertFalse(note.exists())

    def test_or_it_stays_open(self):
        ring, _visit, _write = self.load_forgotten("keep")
        self.assertTrue(ring.active)

    def test_an_open_to_do_of_years_ago_outlives_the_daily_clean_up(self):
        years = self.env["ir.config_parameter"].sudo()
        years.set_param("mail.activity.gc.delete_overdue_years", 3)
        self.load_todos(
            {"1": {"summary": "Ask again", "date_deadline": "2015-06-30"}}
            | {"2": {"summary": "Old", "date_deadline": "2014-06-30"}}
        )
        theirs = self.loaded("todos", "1").copy({"summary": "Nobody's import"})
        for _day in range(7):
            self.env["mail.activity"]._gc_delete_old_overdue_activities()
        self.assertTrue(self.loaded("todos", "1").exists())
        self.assertTrue(self.loaded("todos", "2").exists())
        # What is not ours goes as ever.
        self.assertFalse(theirs.exists())

    def test_an_open_to_do_has_its_deadline_owner_and_type(self):
        call = self.env.ref("mail.mail_activity_data_call")
        before = self.counts(*LOUD, "mail_message")
        self.load_todos(
            {
                "1": {
                    "summary": "Nachfassen",
                    "note": "<p>wichtig</p>",
                    "date_deadline": "2031-01-31",
                    "user_id": {"$owner": "anna"},
                    "activity_type_id": self.decide("types", "c", call),
                    "@created_at": "2020-01-01 00:00:00",
                }
            }
        )
        todo = self.loaded("todos", "1")
        self.assertEqual(
            (todo.date_deadline, todo.user_id), (date(2031, 1, 31), self.anna)
        )
        self.assertEqual((todo.activity_type_id, todo.res_name), (call, "Deal ✓"))
        self.assertEqual(self.lead.activity_ids, todo)
        self.assertEqual(todo.create_date, datetime(2020, 1, 1))
        self.assertEqual(self.counts(*LOUD, "mail_message"), before)
        self.assertEqual(self.verify("todos", "mail.activity", ["1"]), [])

    def test_a_to_do_without_a_day_is_said_to_be_due_on_the_day_of_the_load(self):
        created = {"@created_at": "2020-01-01 00:00:00"}
        self.load_todos(
            {"1": {"summary": "Call"}, "2": {"summary": "Write", **created}}
        )
        told = self.messages("no_due_day")
        self.assertEqual(
            told.mapped(lambda m: (m.source_id, m.severity)), [("1", "info")]
        )
        self.assertEqual(self.loaded("todos", "2").date_deadline, date(2020, 1, 1))

    def test_a_done_to_do_keeps_its_day_and_leaves_odoos_own_message(self):
        values = {
            "summary": "Angebot",
            "note": "<p>per Post</p>",
            "feedback": "erledigt\nund bezahlt",
            "date_deadline": "2019-05-05",
            "user_id": {"$owner": "anna"},
        }
        self.load_todos({"1": {**values, "@done_at": "2019-05-04 16:00:00"}})
        done = self.loaded("todos", "1")
        self.assertEqual((done.active, done.date_done), (False, date(2019, 5, 4)))
        (message,) = self.lead.message_ids.filtered(lambda m: m.id < 0)
        self.assertEqual(message.date, datetime(2019, 5, 4, 16))

        native = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "res_id": self.lead.id,
                "activity_type_id": done.activity_type_id.id,
                "summary": "Angebot",
                "note": "<p>per Post</p>",
                "user_id": self.env.uid,
            }
        )
        native.action_feedback(feedback=values["feedback"])
        own = self.lead.message_ids[0]
        for name in (
            "body",
            "message_type",
            "subtype_id",
            "mail_activity_type_id",
            "is_internal",
        ):
            self.assertEqual(message[name], own[name], name)
        self.assertEqual(message.author_id, self.anna.partner_id)

    def test_a_to_do_of_nobody_about_nothing_fails_with_a_sentence(self):
        counter = self.load_todos(
            {"1": {"summary": "?", "@thread": [self.ref("deals", "404")]}}
        )
        self.assertEqual(counter, {"failed": 1})
        self.assertEqual(self.staged("todos", "1").problem, "nobody")

    def test_a_to_do_that_was_done_since_leaves_its_message_then(self):
        values = {
            "summary": "X",
            "user_id": {"$owner": "anna"},
            "date_deadline": "2019-01-01",
        }
        self.load_todos({"1": dict(values)})
        self.assertFalse(self.lead.message_ids.filtered(lambda m: m.id < 0))
        done = {**values, "@done_at": "2019-02-02 10:00:00"}
        self.assertEqual(self.load_todos({"1": done}), {"updated": 1})
        todo = self.loaded("todos", "1")
        self.assertEqual((todo.active, todo.date_done), (False, date(2019, 2, 2)))
        (message,) = self.lead.message_ids.filtered(lambda m: m.id < 0)
        self.assertEqual(message.date, datetime(2019, 2, 2, 10))
        self.assertEqual(self.unload("todos"), {"deleted": 1})
        self.assertFalse(message.exists())

    def test_a_to_do_follows_its_record(self):
        rows = {"2": {"name": "Second deal"}}
        self.stage("deals", "crm.lead", rows)
        values = {
            "summary": "X",
            "user_id": {"$owner": "anna"},
            "@thread": [self.ref("deals", "2")],
        }
        self.load_todos({"1": values})
        todo = self.loaded("todos", "1")
        self.assertFalse(todo.res_id)
        self.load("deals", "crm.lead", rows)
        maps = self.map_row("todos", "1")
        self.env["crm.migration.target"]._for("mail.activity")._link(
            self.load_run, maps
        )
        self.env.invalidate_all()
        second = self.loaded("deals", "2")
        self.assertEqual((todo.res_model, todo.res_id), ("crm.lead", second.id))
        self.assertEqual(self.verify("todos", "mail.activity", ["1"]), [])
        self.load_todos({"1": {**values, "@thread": [self.ref("deals", "1")]}})
        self.assertEqual(todo.res_id, self.lead.id)
        todo.res_id = second.id
        (difference,) = self.verify("todos", "mail.activity", ["1"])
        self.assertEqual(difference["field"], "res_id")

    def test_a_to_do_that_is_to_do_again_is_open(self):
        values = {"summary": "X", "user_id": {"$owner": "anna"}}
        values["date_deadline"] = "2019-01-01"
        self.load_todos({"1": {**values, "@done_at": "2019-02-02 10:00:00"}})
        self.load_todos({"1": dict(values)})
        todo = self.loaded("todos", "1")
        self.assertEqual((todo.active, todo.date_done), (True, False))

    def test_a_day_is_the_day_it_was_in_the_source(self):
        self.job.tz = "America/New_York"
        self.load_todos(
            {
                "1": {
                    "summary": "X",
                    "user_id": {"$owner": "anna"},
                    "@done_at": "2019-05-05 03:30:00",
                },
                "2": {
                    "summary": "Y",
                    "user_id": {"$owner": "anna"},
                    "@done_at": "2019-05-05",
                },
            }
        )
        self.assertEqual(self.loaded("todos", "1").date_done, date(2019, 5, 4))
        self.assertEqual(self.loaded("todos", "2").date_done, date(2019, 5, 5))

    def test_the_message_of_what_is_done_is_the_one_that_odoo_renders(self):
        summaries = (
            *("", "Ring", "Ring back: 9h (João)?", "a & b", "1 < 2", "it's", '"so"'),
            *("<b>x</b>", "a -- b", " blank ", "日本語", "a\nb", "100 %", "Crm"),
            "\u00a0x\u2028y",
        )
        notes = (
            *("", "<p>by mail</p>", "<p>a<br>b</p><p><b>c</b></p>", "<p><br></p>"),
            *("plain", "<p>a &amp; b</p>", "<ul><li>x</li></ul>", "<p> </p>"),
            *('<p><a href="https://x.test">x</a></p>', '<p>it\'s "so"</p>'),
            "<p>x</p><script>y()</script>",
        )
        kinds = self.env["mail.activity.type"].create(
            [{"name": "Visit & <go>", "icon": "fa-car"}, {"name": "Visit"}]
        )
        rows = {
            f"{s}.{n}.{f}": {
                "summary": summary,
                "note": note,
                "feedback": feedback,
                "activity_type_id": kinds[(s + n) % 2].id,
                "user_id": {"$owner": "anna"},
                "@done_at": "2019-05-04 16:00:00",
            }
            for s, summary in enumerate(summaries)
            for n, note in enumerate(notes)
            for f, feedback in enumerate(("", "a\n<b>"))
        }
        self.load_todos(rows)
        target = self.env["crm.migration.target.mail.activity"]
        target = target._without_side_effects(self.job)
        for name in rows:
            done = self.loaded("todos", name).with_env(target.env)
            (message_id,) = self.map_row("todos", name).extras["mail.message"]
            body = self.env["mail.message"].browse(message_id).body
            by_odoo = html_sanitize(
                target.env["ir.qweb"]._render(
                    "mail.message_activity_done",
                    {
                        "activity": done,
                        "feedback": done.feedback or False,
                        "display_assignee": False,
                        "is_html_empty": is_html_empty,
                    },
                    minimal_qcontext=True,
                ),
                sanitize_attributes=True,
                sanitize_style=True,
            )
            self.assertEqual(str(body), str(by_odoo), rows[name])

    def test_a_template_that_an_addon_has_changed_is_heard(self):
        self.env["ir.ui.view"].create(
            {
                "name": "changed",
                "type": "qweb",
                "mode": "extension",
                "inherit_id": self.env.ref("mail.message_activity_done").id,
                "arch": """<xpath expr="//p" position="inside">
                    <i t-out="activity.date_deadline"/></xpath>""",
            }
        )
        rows = {
            f"{n}": {
                "summary": f"Ring {n}",
                "date_deadline": f"2019-05-0{n}",
                "@done_at": "2019-05-04 16:00:00",
            }
            for n in (1, 2, 3)
        }
        self.load_todos(rows)
        for name in rows:
            (message_id,) = self.map_row("todos", name).extras["mail.message"]
            body = self.env["mail.message"].browse(message_id).body
            self.assertIn(f"2019-05-0{name}", body)
