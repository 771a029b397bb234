"""Ids of messages, given out to all before the first of them is loaded."""

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import TransactionCase, tagged

from ...connectors import available_sources
from ...models.loading.chatter_order import id_for
from ..loader_common import LoaderCase

DATES = {
    "late": "2019-03-04 05:06:07",
    "first": "2019-03-04T05:06:05.9Z",
    "east": "2019-03-04T10:36:05+05:30",
    "west": "2019-03-04T03:06:08-0200",
    "short": "2019-03-04 05:06",
    "hour": "2019-03-04T07:06+02",
    "day": "2019-03-04",
    "odd day": "2019-02-31",
    "ancient": "1871-01-01 00:00:00",
    "year 0": "0000-01-01",
    "none": None,
    "future": "2077-01-01 00:00:00",
    "word": "yesterday",
    "no month": "2019-13-01",
    "tie": "2019-03-04 05:06:07",
}


@tagged("post_install", "-at_install")
class TestReservedNumbers(LoaderCase):
    def setUp(self):
        super().setUp()
        self.load("deals", "crm.lead", {"1": {"name": "Deal"}})
        # What is given out is committed at once; here it goes with the test.
        self.registry_enter_test_mode()
        self.target = self.env["crm.migration.target"]._for("mail.message")

    def stage_notes(self, dates):
        mapping = self.mapping("notes", "mail.message")
        rows = {
            name: {
                "@mapping": str(mapping.id),
                "body": name,
                "date": date,
                "@thread": [self.ref("deals", "1")],
            }
            for name, date in dates.items()
        }
        return self.stage("notes", "mail.message", rows), rows

    def numbers(self):
        self.env.cr.execute(
            "SELECT record.source_id, number.id"
            "  FROM crm_migration_message_number AS number"
            "  JOIN crm_migration_record AS record ON record.id = number.record_id"
            " WHERE number.job_id = %s ORDER BY number.id",
            [self.job.id],
        )
        return dict(self.env.cr.fetchall())

    def test_every_message_has_the_id_of_its_date_whatever_the_source_writes(self):
        mapping, rows = self.stage_notes(DATES)
        self.assertEqual(self.target._reserve_ids(self.load_run, mapping), len(rows))
        numbers = self.numbers()
        today = id_for(self.env.cr.now())
        parsed = {
            name: self.target._instant(DATES[name])
            for name in (*list(DATES)[:7], "ancient", "tie")
        }
        second = id_for(parsed["late"])
        self.assertEqual(numbers["late"], second)
        self.assertEqual(numbers["tie"], second + 1)
        self.assertEqual(numbers["west"], second + 2, "its own second is taken")
        for name in ("short", "hour", "day", "ancient"):
            wanted = id_for(parsed.get(name) or parsed["short"])
            self.assertIn(numbers[name] - wanted, (0, 1), name)
        self.assertEqual({numbers["first"], numbers["east"]}, {second - 2, second - 1})
        for name in ("none", "future", "word", "no month"):
            self.assertLess(abs(numbers[name] - today), 3600, name)
        self.assertLess(max(numbers.values()), 0)
        # Again: nobody is left.
        self.assertEqual(self.target._reserve_ids(self.load_run, mapping), 0)
        self.assertEqual(self.numbers(), numbers)

    def test_the_load_uses_them_and_gives_none_of_them_to_another(self):
        mapping, rows = self.stage_notes({"1": "2019-03-04 05:06:07"})
        self.target._reserve_ids(self.load_run, mapping)
        reserved = self.numbers()["1"]
        date = self.target._instant("2019-03-04 05:06:07")
        ids = self.env["crm.migration.chatter.ids"]._free_ids("mail_message", [date])
        self.assertEqual(ids, [reserved + 1])
        self.load("notes", "mail.message", rows)
        self.assertEqual(self.loaded("notes", "1").id, reserved)

    def test_a_load_reserves_for_all_that_are_ready_and_is_numbered_as_before(self):
        dates = {f"{n:02}": "2019-03-04 05:06:07" for n in range(20)}
        _mapping, rows = self.stage_notes({**dates, "late": "2019-03-04 05:06:08"})
        late = {"late": rows.pop("late")}
        self.load("notes", "mail.message", late)
        self.load("notes", "mail.message", rows)
        ids = [self.loaded("notes", name).id for name in (*dates, "late")]
        self.assertEqual(ids, [*range(ids[0], ids[0] + 21)])

    def test_places_that_are_taken_are_passed_over(self):
        mapping, _rows = self.stage_notes(
            {f"{n}": "2019-03-04 05:06:07" for n in range(3)}
        )
        first = id_for(self.target._instant("2019-03-04 05:06:07"))
        self.env.cr.execute(
            "INSERT INTO mail_message (id, message_type)"
            " SELECT id, 'comment' FROM unnest(%s) AS id",
            [[first - 1, first, first + 2, first + 3, first + 9]],
        )
        self.target._reserve_ids(self.load_run, mapping)
        self.assertEqual([*self.numbers().values()], [first + 1, first + 4, first + 5])

    def test_what_is_done_has_the_number_of_its_message(self):
        mapping = self.mapping("todos", "mail.activity")
        todo = {"@mapping": str(mapping.id), "@thread": [self.ref("deals", "1")]}
        rows = {
            "done": {**todo, "summary": "Ring", "@done_at": "2019-03-04 05:06:07"},
            "open": {**todo, "summary": "Write", "date_deadline": "2030-01-01"},
        }
        self.stage("todos", "mail.activity", rows)
        target = self.env["crm.migration.target"]._for("mail.activity")
        self.assertEqual(target._reserve_ids(self.load_run, mapping), 1)
        numbers = self.numbers()
        date = self.target._instant("2019-03-04 05:06:07")
        self.assertEqual(numbers, {"done": id_for(date)})
        self.load("todos", "mail.activity", rows)
        extras = self.map_row("todos", "done").extras
        self.assertEqual(extras, {"mail.message": [numbers["done"]]})

    def test_what_is_loaded_or_gone_keeps_no_number(self):
        mapping, rows = self.stage_notes({"1": "2019-03-04", "2": "2019-03-05"})
        self.target._reserve_ids(self.load_run, mapping)
        self.load("notes", "mail.message", {"1": rows["1"]})
        self.env["crm.migration.message.number"]._gc_spent_numbers()
        self.assertEqual([*self.numbers()], ["2"])
        self.staged("notes", "2").unlink()
        self.env["crm.migration.message.number"]._gc_spent_numbers()
        self.env.cr.execute("SELECT count(*) FROM crm_migration_message_number")
        self.assertEqual(self.env.cr.fetchone(), (0,))


@tagged("post_install", "-at_install")
class TestNumbersGivenOutMeanwhile(TransactionCase):
    def test_a_number_that_was_given_out_since_is_nobody_else_s(self):
        date = fields.Datetime.to_datetime("2019-03-04 05:06:07")
        number = id_for(date)
        cursor = self.registry.cursor()
        self.addCleanup(cursor.close)
        cursor.execute("SELECT count(*) FROM mail_message")  # what it sees from now on
        with self.registry.cursor() as other:
            env = api.Environment(other, SUPERUSER_ID, {})
            job = env["crm.migration.job"].create(
                {"name": "Other", "source": next(iter(available_sources()))}
            )
            self.addCleanup(self.forget, job.id)
            other.execute(
                "INSERT INTO crm_migration_message_number (id, job_id, record_id, part)"
                " VALUES (%s, %s, 0, '')",
                [number, job.id],
            )
        env = api.Environment(cursor, SUPERUSER_ID, {})
        numbers = env["crm.migration.chatter.ids"]._free_ids("mail_message", [date] * 2)
        cursor.rollback()
        self.assertEqual(numbers, [number + 1, number + 2])

    def forget(self, job_id):
        with self.registry.cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            env["crm.migration.job"].browse(job_id).unlink()
