"""What stands in the wrong place, out of sight or on another day is a difference."""

from odoo.tests import tagged

from ..loader_common import LoaderCase

START = "2024-03-05 10:00:00"


@tagged("post_install", "-at_install")
class TestVerifyPlacement(LoaderCase):
    """Wrong values go in by SQL: nothing of Odoo's notices, a verification must."""

    def setUp(self):
        super().setUp()
        deals = {str(n): {"name": f"Deal {n}"} for n in (1, 2)}
        self.load("deals", "crm.lead", deals)
        self.deal, self.other = (self.loaded("deals", each) for each in "12")

    def spoil(self, query, *parameters):
        self.env.flush_all()
        self.env.cr.execute(query, parameters)
        self.env.invalidate_all()

    def find(self, stream, model, source_id="1"):
        return [
            (each["field"], each["expected"], each["found"])
            for each in self.verify(stream, model, [source_id])
        ]

    def load_note(self):
        thread = [self.ref("deals", "1")]
        note = {"body": "<p>x</p>", "date": START, "@thread": thread}
        self.load("notes", "mail.message", {"1": note})
        return self.loaded("notes", "1")

    def test_a_message_on_another_record(self):
        note = self.load_note()
        self.assertEqual(self.find("notes", "mail.message"), [])
        self.spoil(
            "UPDATE mail_message SET res_id = %s WHERE id = %s", self.other.id, note.id
        )
        wanted, found = (f"crm.lead, {deal.id}" for deal in (self.deal, self.other))
        self.assertEqual(
            self.find("notes", "mail.message"), [("res_id", wanted, found)]
        )

    def test_a_file_that_its_message_does_not_show(self):
        note = self.load_note()
        self.give_files({"offer.txt": b"offer"})
        reference = {"path": "offer.txt", "name": "offer.txt"}
        file = {"@file": reference, "@thread": [self.ref("notes", "1")]}
        self.load("files", "ir.attachment", {"1": {"name": "offer.txt", **file}})
        self.assertEqual(self.find("files", "ir.attachment"), [])
        self.spoil("DELETE FROM message_attachment_rel WHERE message_id = %s", note.id)
        self.assertEqual(
            self.find("files", "ir.attachment"), [("attachment_ids", str(note.id), "")]
        )

    def test_an_archived_record_that_the_source_does_not_call_inactive(self):
        rows = {"1": {"name": "Ærø ApS"}, "2": {"name": "Gone", "active": False}}
        self.load("people", "res.partner", rows)
        person = self.loaded("people", "1")
        self.assertEqual(self.find("people", "res.partner"), [])
        self.assertEqual(self.find("people", "res.partner", "2"), [])
        self.spoil("UPDATE res_partner SET active = false WHERE id = %s", person.id)
        self.assertEqual(self.find("people", "res.partner"), [("active", "True", "")])

    def test_a_move_between_stages_that_is_shown_on_another_day(self):
        stages = self.env["crm.stage"].search([], limit=2)
        names = {stage.name: {"name": stage.name} for stage in stages}
        self.load("stages", "crm.stage", names)
        steps = [
            {"stage": self.ref("stages", stage.name), "at": f"2024-01-0{day} 09:00:00"}
            for day, stage in enumerate(stages, 1)
        ]
        moved = {"name": "Moved", "@stage_history": steps}
        moved["stage_id"] = steps[-1]["stage"]
        self.load("moved", "crm.lead", {"1": moved})
        self.assertEqual(self.find("moved", "crm.lead"), [])
        self.spoil(
            "UPDATE mail_message SET date = now() WHERE model = 'crm.lead'"
            " AND res_id = %s AND message_type = 'notification'"
            " AND id IN (SELECT mail_message_id FROM mail_tracking_value)",
            self.loaded("moved", "1").id,
        )
        self.assertEqual(
            self.find("moved", "crm.lead"),
            [("@stage_history", "2024-01-02 09:00:00", "")],
        )
