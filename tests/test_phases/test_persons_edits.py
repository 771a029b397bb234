"""What somebody changed in Odoo after the load is kept by a later reading, and said."""

from odoo.tests import tagged

from .again_source import NAMED, AgainCase, make_data

SCALARS = {
    # stream: (field of Odoo, what the person enters, member of the source, its change)
    "companies": ("city", "Faro", "city", "Lagos"),
    "deals": ("referred", "Neighbor", "referred", "Web"),
    "todos": ("summary", "Mine", "name", "Measure anew"),
    "meetings": ("location", "Faro", "place", "Lagos"),
    "notes": ("subject", "Mine", "name", "Called anew"),
    "files": ("description", "Mine", "about", "New plan"),
    "stages": ("requirements", "Mine", "rules", "Measure twice"),
    "optouts": ("email", "mine@again.example", "email", "new@again.example"),
    **{
        stream: (target, "Mine", "name", f"New {stream}")
        for stream, (_model, target) in NAMED.items()
    },
}


@tagged("post_install", "-at_install")
class TestPersonsEdits(AgainCase):
    def test_everything_was_loaded_and_nothing_differs(self):
        self.assertFalse(self.get_differences())
        lost = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("severity", "!=", "info")]
        )
        self.assertFalse(lost.mapped(lambda m: (m.stream, m.source_id, m.text)))

    def test_a_value_that_both_changed_stays_the_persons_and_both_are_told(self):
        for stream, (name, mine, member, theirs) in SCALARS.items():
            self.work_on(self.migrated(stream, "1"), **{name: mine})
            self.change(stream, 1, **{member: theirs})
            self.change(stream, 2, **{member: f"2{theirs}"})
        self.go_again()
        for stream, (name, mine, _member, theirs) in SCALARS.items():
            with self.subTest(stream):
                self.assertEqual(self.migrated(stream, "1")[name], mine)
                self.assertEqual(self.migrated(stream, "2")[name], f"2{theirs}")
                told = self.get_messages("changed_by_both")
                told = told.filtered(lambda m, s=stream: m.stream == s)
                self.assertEqual((told.source_id, told.field), ("1", name))
                self.assertIn(mine, told.text)
                self.assertIn(theirs, told.text)

    def test_what_only_the_person_changed_stays_where_the_record_changes_else(self):
        for stream, (name, mine, _member, _theirs) in SCALARS.items():
            if stream in ("companies", "deals", "todos", "meetings", "notes"):
                self.work_on(self.migrated(stream, "1"), **{name: mine})
        self.change("companies", 1, phone="+351 22 299 99 99")
        self.change("deals", 1, amount="2000")
        self.change("todos", 1, text="<p>And a rope</p>")
        self.change("meetings", 1, name="Under the roof")
        self.change("notes", 1, text="<p>They want copper</p>")
        self.go_again()
        self.assertEqual(self.migrated("companies", "1").phone, "+351 22 299 99 99")
        self.assertEqual(self.migrated("deals", "1").expected_revenue, 2000)
        self.assertIn("rope", self.migrated("todos", "1").note)
        self.assertEqual(self.migrated("meetings", "1").name, "Under the roof")
        self.assertIn("copper", self.migrated("notes", "1").body)
        for stream in ("companies", "deals", "todos", "meetings", "notes"):
            name, mine, _member, _theirs = SCALARS[stream]
            self.assertEqual(self.migrated(stream, "1")[name], mine)
        self.assertFalse(self.get_messages("changed_by_both"))

    def test_a_link_that_a_person_chose_or_emptied_stays(self):
        mine = self.env["res.partner"].create({"name": "Chosen"})
        one, two = self.migrated("deals", "1"), self.migrated("deals", "2")
        self.work_on(one, partner_id=mine.id)
        self.work_on(two, campaign_id=False, referred=False)
        firm = self.migrated("companies", "2")
        self.work_on(firm, industry_id=False, city=False)
        self.change("deals", 1, company="2")
        self.change("deals", 2, campaign="2", referred="Web")
        self.change("companies", 2, trade="2", city="Lagos")
        self.go_again()
        self.assertEqual(one.partner_id, mine)
        self.assertFalse(two.campaign_id or two.referred)
        self.assertFalse(firm.industry_id or firm.city)
        told = self.get_messages("changed_by_both")
        self.assertEqual(
            sorted(told.mapped("field")),
            ["campaign_id", "city", "industry_id", "partner_id", "referred"],
        )
        link = told.filtered(lambda m: m.field == "partner_id")
        self.assertIn("Chosen", link.text)
        self.assertIn("Again Roofs 2", link.text)

    def test_tags_that_a_person_gave_and_took_stay_so(self):
        lead, firm = self.migrated("deals", "1"), self.migrated("companies", "1")
        own = self.env["crm.tag"].create({"name": "Own"})
        group = self.env["res.partner.category"].create({"name": "Own"})
        self.work_on(lead, tag_ids=[(6, 0, own.ids)])
        self.work_on(firm, category_id=[(4, group.id)])
        self.change("deals", 1, tags="1;2")
        self.change("companies", 1, groups="2")
        self.go_again()
        # Each entry for itself: 2 is new in the source, 1 was taken by the person.
        self.assertEqual(lead.tag_ids, own + self.migrated("tags", "2"))
        # 1 went in the source, the own one stays.
        self.assertEqual(firm.category_id, group + self.migrated("groups", "2"))

    def test_attendees_that_a_person_gave_and_took_stay_so(self):
        event = self.migrated("meetings", "1")
        mine = self.env["res.partner"].create({"name": "Guest"})
        self.work_on(event, partner_ids=[(4, mine.id)])
        self.change("meetings", 1, guests="1;2")
        self.go_again()
        firms = self.migrated("companies", "1") + self.migrated("companies", "2")
        self.assertEqual(event.partner_ids, firms + mine)

    def test_a_record_that_a_person_archived_stays_archived(self):
        archived = {
            **{stream: 3 for stream in ("companies", "deals", "teams", "reasons")},
            **{stream: 3 for stream in ("groups", "trades", "media")},
            "meetings": 2,
        }
        for stream, source_id in archived.items():
            self.work_on(self.migrated(stream, str(source_id)), active=False)
            self.change(stream, source_id, name=f"Renamed {stream}")
        blocked = self.migrated("optouts", "1")
        self.work_on(blocked, active=False)
        self.go_again()
        for stream, source_id in archived.items():
            with self.subTest(stream):
                record = self.migrated(stream, str(source_id))
                self.assertFalse(record.active)
                self.assertEqual(record.name, f"Renamed {stream}")
        self.assertFalse(blocked.active)
        self.assertFalse(self.get_differences())

    def test_a_deal_that_a_person_won_stays_won(self):
        lead = self.migrated("deals", "1")
        won = self.migrated("stages", "3")
        lead.with_user(self.env.ref("base.user_admin")).action_set_won()
        lead.stage_id = won
        self.age(lead)
        closed = lead.date_closed
        self.change("deals", 1, stage="2", amount="3000")
        self.go_again()
        self.assertEqual((lead.stage_id, lead.probability), (won, 100))
        self.assertEqual((lead.won_status, lead.date_closed), ("won", closed))
        self.assertEqual(lead.expected_revenue, 3000)
        self.assertEqual(self.get_messages("changed_by_both").field, "stage_id")

    def test_a_deal_that_a_person_won_is_not_lost_by_the_source(self):
        lead = self.migrated("deals", "1")
        won = self.migrated("stages", "3")
        self.work_on(lead, stage_id=won.id, probability=100)
        self.change("deals", 1, state="lost", reason="1")
        self.go_again()
        self.assertEqual((lead.stage_id, lead.probability), (won, 100))
        self.assertTrue(lead.active)
        self.assertFalse(lead.lost_reason_id)
        self.assertTrue(self.get_messages("changed_by_both"))

    def test_a_deal_that_a_person_lost_is_not_won_by_the_source(self):
        lead = self.migrated("deals", "1")
        lead.with_user(self.env.ref("base.user_admin")).action_set_lost(
            lost_reason_id=self.migrated("reasons", "2").id
        )
        self.age(lead)
        self.change("deals", 1, state="won")
        self.go_again()
        self.assertEqual((lead.active, lead.probability), (False, 0))
        self.assertEqual(lead.lost_reason_id, self.migrated("reasons", "2"))
        self.assertNotEqual(lead.stage_id, self.migrated("stages", "3"))
        self.assertTrue(self.get_messages("changed_by_both"))

    def test_an_activity_that_a_person_did_stays_done(self):
        todo = self.migrated("todos", "1")
        todo.with_user(self.env.ref("base.user_admin")).action_done()
        self.age(todo)
        self.change("todos", 1, due="2026-04-01T10:00:00Z", name="Later")
        self.go_again()
        self.assertFalse(todo.active)

    def test_what_a_person_deleted_stays_deleted_and_is_said_once(self):
        streams = ("companies", "deals", "todos", "meetings", "notes", "files", "tags")
        gone = {}
        for stream in streams:
            source_id = 3 if stream in ("companies", "deals", "tags") else 2
            gone[stream] = self.migrated(stream, str(source_id))
            gone[stream].unlink()
            self.change(stream, source_id, name=f"Renamed {stream}")
        lines = self.go_again()
        for stream, record in gone.items():
            with self.subTest(stream):
                self.assertFalse(record.exists())
                self.assertTrue(lines[stream].is_balanced)
                self.assertEqual(lines[stream].created_count, 0)
        told = self.get_messages("gone_in_odoo")
        self.assertEqual(sorted(told.mapped("stream")), sorted(streams))
        self.assertFalse(self.get_differences())

    def test_what_was_deleted_and_did_not_change_in_the_source_is_no_difference(self):
        self.migrated("notes", "2").unlink()
        self.go_again()
        self.assertFalse(self.get_differences())
        kept = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id), ("state", "=", "kept")]
        )
        self.assertEqual(
            (kept.stream, kept.source_id, kept.kind), ("notes", "2", "deleted")
        )

    def test_what_a_person_changed_is_not_reported_as_a_fault(self):
        self.work_on(self.migrated("companies", "1"), city="Faro")
        self.work_on(self.migrated("deals", "1"), referred="Neighbor")
        self.go_again()
        self.assertFalse(self.get_differences())

    def test_a_contact_that_was_merged_keeps_what_it_had_and_what_a_person_enters(self):
        firm = self.migrated("companies", "2")
        link = (
            self.env["crm.migration.id.map"]
            .search([("job_id", "=", self.job.id), ("res_model", "=", "res.partner")])
            .filtered(lambda row: row.res_id == firm.id)
        )
        link.write({"outcome": "merged", "rollback_action": "keep"})
        self.work_on(firm, city="Faro", phone=False)
        self.change("companies", 2, city="Lagos", phone="+351 1", email="neu@r.example")
        self.go_again()
        self.assertEqual((firm.city, firm.phone), ("Faro", False))
        self.assertEqual(firm.email, "neu@r.example")
        told = self.get_messages("changed_by_both")
        self.assertEqual(sorted(told.mapped("field")), ["city", "phone"])
        self.assertIn("empty", told.filtered(lambda m: m.field == "phone").text)

    def test_the_command_line_keeps_it_and_says_so(self):
        self.work_on(self.migrated("companies", "1"), city="Faro")
        self.work_on(self.migrated("deals", "2"), referred="Neighbor")
        self.migrated("notes", "2").unlink()
        self.change("companies", 1, city="Lagos")
        self.change("deals", 3)
        status, told = self.call_read_again()
        self.assertEqual(self.migrated("companies", "1").city, "Faro")
        self.assertEqual(status, 3, told)
        self.assertIn("Odoo's value “Faro” stays; the source says “Lagos”", told)
        self.assertIn("0 differ", told)
        self.assertIn("2 values changed, 1 record deleted", told)
        [header] = [line for line in told.splitlines() if " vanished " in line]
        [deals] = [line for line in told.splitlines() if line.startswith("Deals ")]
        column = header.split().index("vanished") + 1
        self.assertEqual(deals.split()[column], "1")

    def test_users_are_left_alone(self):
        user = self.migrated("users", "1")
        self.work_on(user, name="Jo New")
        self.change("users", 1, name="Jo Renamed")
        self.go_again()
        self.assertEqual(user.name, "Jo New")

    def test_where_a_person_moved_it_it_stays(self):
        other = self.env["crm.lead"].create({"name": "Other"})
        lead = self.migrated("deals", "2")
        todo, file = self.migrated("todos", "1"), self.migrated("files", "1")
        self.work_on(todo, res_id=other.id)
        self.work_on(file, res_id=other.id)
        note = self.migrated("notes", "1")
        self.work_on(note, res_id=other.id)
        for stream in ("todos", "notes", "files"):
            self.change(stream, 1, deals="2")
            self.change(stream, 2, deals="2")
        self.go_again()
        for stream in ("todos", "notes", "files"):
            with self.subTest(stream):
                self.assertEqual(self.migrated(stream, "1").res_id, other.id)
                self.assertEqual(self.migrated(stream, "2").res_id, lead.id)
        self.assertEqual(
            sorted(self.get_messages("changed_by_both").mapped("stream")),
            ["files", "notes", "todos"],
        )


@tagged("post_install", "-at_install")
class TestHistoryStays(AgainCase):
    def test_history_of_what_vanished_stays_with_it(self):
        lead = self.migrated("deals", "1")
        self.change("deals", 1)
        for stream in ("todos", "notes", "files", "meetings"):
            self.change(stream, 1, deals=None)
            self.change(stream, 2, deals=None, companies="2")
        self.go_again()
        for stream in ("todos", "notes", "files", "meetings"):
            for source_id in ("1", "2"):
                with self.subTest(stream, source_id=source_id):
                    record = self.migrated(stream, source_id)
                    self.assertEqual(record.res_id, lead.id)
        self.assertFalse(self.get_differences())

    def test_history_follows_the_source_to_another_record(self):
        other = self.migrated("deals", "2")
        for stream in ("todos", "notes", "files", "meetings"):
            self.change(stream, 1, deals="2")
        self.go_again()
        for stream in ("todos", "notes", "files", "meetings"):
            with self.subTest(stream):
                self.assertEqual(self.migrated(stream, "1").res_id, other.id)
        self.assertFalse(self.get_differences())
        self.assertFalse(self.get_messages("changed_by_both"))


@tagged("post_install", "-at_install")
class TestVanished(AgainCase):
    """Two vanish of each object that a load fills: nothing is deleted, all are listed."""

    archivable = ("companies", "deals", "meetings")
    others = ("todos", "notes", "files", "tags", "stages", "optouts", "users", "teams")

    def setUp(self):
        super().setUp()
        self.gone = {}
        for stream in (*self.archivable, *self.others):
            source_id = self.data[stream][-1]["id"]
            self.gone[stream] = self.migrated(stream, str(source_id))
            self.change(stream, source_id)

    def get_listed(self):
        listed = self.env["crm.migration.record"].search(
            self.job.action_open_vanished()["domain"] + [("vanished_at", "!=", False)]
        )
        return sorted(listed.mapped("stream"))

    def is_active(self, record):
        return "active" not in record._fields or record.active

    def test_what_is_kept_is_listed_and_as_it_was(self):
        active = {stream: self.is_active(each) for stream, each in self.gone.items()}
        lines = self.go_again()
        for stream, record in self.gone.items():
            with self.subTest(stream):
                self.assertTrue(record.exists())
                self.assertEqual(self.is_active(record), active[stream])
                line = lines[stream]
                self.assertEqual((line.vanished_count, line.is_balanced), (1, True))
        self.assertEqual(self.get_listed(), sorted(self.gone))
        self.assertFalse(self.get_differences())

    def test_what_can_be_archived_is_and_the_others_are_told(self):
        active = {stream: self.is_active(each) for stream, each in self.gone.items()}
        self.job.vanished_policy = "archive"
        self.go_again()
        for stream, record in self.gone.items():
            with self.subTest(stream):
                self.assertTrue(record.exists())
                wanted = stream not in self.archivable and active[stream]
                self.assertEqual(self.is_active(record), wanted)
        self.assertFalse(self.get_differences())
        told = self.get_messages("vanished_unarchivable") | self.get_messages(
            "vanished_yours"
        )
        self.assertLessEqual(
            {"todos", "notes", "files", "tags"}, {*told.mapped("stream")}
        )
        self.assertEqual(self.get_listed(), sorted(self.gone))

    def test_what_comes_back_is_active_again(self):
        self.job.vanished_policy = "archive"
        self.go_again()
        self.data.update(make_data())
        self.go_again()
        for stream in self.archivable:
            self.assertTrue(self.gone[stream].active, stream)
        self.assertFalse(self.get_listed())
        self.assertFalse(self.get_differences())

    def test_the_command_line_tells_how_many(self):
        _status, told = self.call_read_again(vanished="archive")
        [total] = [line for line in told.splitlines() if line.startswith("Sum ")]
        [header] = [line for line in told.splitlines() if " vanished " in line]
        column = header.split().index("vanished") + 1
        self.assertEqual(total.split()[column], str(len(self.gone)))
        for stream in self.archivable:
            self.assertFalse(self.gone[stream].active, stream)
