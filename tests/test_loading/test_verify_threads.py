"""Of what hangs on a record SQL finds the same differences as Python."""

from odoo.tests import tagged
from odoo.tools import SQL

from .verify_both_ways import VerifyCase

STREAMS = ("todos", "calls", "notes", "mails")


@tagged("post_install", "-at_install")
class TestVerifyThreads(VerifyCase):
    def test_what_was_moved_or_written_by_others_is_found_by_both_ways(self):
        other, deal = self.loaded("people", "7"), self.loaded("deals", "7")
        todo, call = self.loaded("todos", "1"), self.loaded("calls", "1")
        note, mail = self.loaded("notes", "1"), self.loaded("mails", "1")
        subtype = self.env.ref("mail.mt_comment")
        found = 0
        for record, values in (
            (todo, {"res_id": other.id}),
            (todo, {"res_id": None, "res_model": None, "res_model_id": None}),
            (todo, {"res_model_id": call.res_model_id.id, "res_id": deal.id}),
            (
                call,
                {
                    "res_model_id": todo.res_model_id.id,
                    "res_model": "res.partner",
                    "res_id": other.id,
                },
            ),
            (call, {"active": False, "date_done": "2031-03-02"}),
            (call, {"user_id": self.anna.id, "user_tz": "Europe/Porto"}),
            (todo, {"user_tz": "Asia/Tokyo"}),
            (todo, {"date_deadline": "2030-03-03"}),
            (note, {"res_id": other.id}),
            (note, {"model": "crm.lead"}),
            (note, {"model": None, "res_id": None}),
            (note, {"date": "2021-05-02 10:20:31"}),
            (note, {"create_date": "2021-05-02 11:20:30"}),
            (note, {"write_date": "2021-05-02 10:20:30.5"}),
            (note, {"subtype_id": subtype.id}),
            (note, {"author_id": other.id}),
            (note, {"message_id": "<another@crm.example>"}),
            (note, {"body": "<p>We spoke of roof 1</p>"}),
            (mail, {"date": "2019-04-02 11:20:30"}),
            (mail, {"write_date": "2020-01-02 01:02:04"}),
            (mail, {"email_from": "Ana <ana@supplier.example>"}),
            (mail, {"create_uid": self.env.ref("base.user_admin").id}),
        ):
            savepoint = self.env.cr.savepoint()
            self.plant(record, values)
            with self.subTest(f"{record._name} {values}"):
                differences = self.assert_same(STREAMS)
                found += bool(differences)
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()
        self.assertGreater(found, 18)

    def plant(self, record, values):
        """Write columns at once: Odoo wants some of them together."""
        self.env.flush_all()
        columns = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value)
            for name, value in values.items()
        )
        table = SQL.identifier(record._table)
        query = SQL("UPDATE %s SET %s WHERE id = %s", table, columns, record.id)
        self.env.cr.execute(query)
        self.env.invalidate_all()

    def test_what_a_thread_leads_to_is_the_same_to_both_ways(self):
        person, deal = self.loaded("people", "2"), self.loaded("deals", "2")
        gone = [(person._table, person.id), (deal._table, deal.id)]
        for query, values in (
            *((f"DELETE FROM {table} WHERE id = %s", [each]) for table, each in gone),
            (
                "UPDATE crm_migration_id_map SET res_id = %s WHERE res_id = %s"
                " AND stream = 'people'",
                [self.loaded("people", "3").id, person.id],
            ),
            (
                "UPDATE crm_migration_id_map SET part = 'more' WHERE res_id = %s",
                [deal.id],
            ),
            (
                "UPDATE crm_migration_id_map SET res_model = 'crm.tag' WHERE res_id = %s"
                " AND stream = 'deals'",
                [deal.id],
            ),
        ):
            savepoint = self.env.cr.savepoint()
            self.env.flush_all()
            self.env.cr.execute(query, values)
            self.env.invalidate_all()
            with self.subTest(query):
                self.assert_same(STREAMS)
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def test_staged_values_of_every_kind_are_the_same_to_both_ways(self):
        there = {"$ref": ["people", "3"]}
        threads = (
            *(None, "", [], {}, "people", [None], [5, []], there, [there], [[there]]),
            *([there, there], [there, {"$ref": ["deals", "3"]}], {"$ref": "people"}),
            *({"$ref": ["people", "gone"]}, {"$ref": ["people", "3", "name"]}),
            *({"$ref": ["people", "3"], "any": True}, {"$ref": ["people", 3]}),
            *({"$ref": ["notes", "3"]}, {"$ref": ["todos", "3"]}, {"$owner": "anna"}),
        )
        origin = ("2019-04-05", "2019-02-30T10:00:00Z", "2019-04-05T10:00:00+02:00")
        origin += ("2019-04-05 10:00:00.5", "19-04-05", "2019-04-05 10:20", "", None, 5)
        for stream in STREAMS:
            self.check_values(stream, "@thread", threads)
            self.check_values(stream, "@created_at", origin)
            self.check_values(stream, "@created_by", ({"$owner": "nobody"}, None))
        days = ("2030-02-30", "2015-03-04", "2030-03-04T10:00:00Z", "", None, "soon")
        self.check_values("todos", "date_deadline", days)
        self.check_values("todos", "@done", ("done", "cancelled", "open", True))
        self.check_values("calls", "@done_at", (*origin, "2030-03-04"))
        self.check_values("calls", "summary", ("", None, " "))
        self.check_values("notes", "date", origin)
        self.check_values("notes", "@subtype", ("call", "email", "odd", None))
        self.check_values("notes", "@author", (there, {"$owner": "anna"}, "x"))
        self.check_values("notes", "body", ("", "<b>x</b>", "-- x", "a & b", None))
        self.check_values("mails", "message_id", ("<a@b.example>", "", None))
        self.check_values("mails", "subject", ("", None, 5))

    def test_what_is_long_overdue_is_the_same_to_both_ways(self):
        for policy in ("close", "note"):
            self.job.overdue_policy = policy
            self.check_values("todos", "date_deadline", ("2015-03-04", "2030-03-04"))
