"""Messages: order, authors, threads, and the same columns as Odoo's own."""

import random
from datetime import datetime, timedelta

from odoo.tests import tagged
from odoo.tools import html_sanitize

from ...models.loading.chatter_order import id_for
from ...models.odoo.sanitize import sanitize_body
from ..loader_common import LoaderCase

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
BODIES = (
    "hello",
    "Ligou às 9h, falou com o João.",
    "a<br/>b<br>c",
    "100 % sure - call 21 000 000 (again?)",
    "<p>x</p>",
    "a &amp; b",
    "a & b",
    "1 < 2",
    " leading",
    "trailing ",
    "line\nbreak",
    "日本語のメモ",
    "שלום עולם",
    "🥖",
    'it\'s "quoted"',
    "<script>alert(1)</script>ok",
    "<div style='position:fixed;color:red'>x</div>",
    "<a href='javascript:alert(1)'>x</a>",
    "",
    "a<br />b",
    "<br/>",
    "a\tb",
)


@tagged("post_install", "-at_install")
class TestLoaderMessage(LoaderCase):
    def setUp(self):
        super().setUp()
        self.load(
            "companies", "res.partner", {"1": {"name": "Firma", "is_company": True}}
        )
        self.load(
            "contacts",
            "res.partner",
            {"1": {"name": "Bob", "email": "bob@client.test"}},
        )
        self.load("deals", "crm.lead", {"1": {"name": "Deal"}})
        self.lead = self.loaded("deals", "1")
        self.bob = self.loaded("contacts", "1")

    def load_messages(self, rows):
        for values in rows.values():
            values.setdefault("@thread", [self.ref("deals", "1")])
        return self.load("notes", "mail.message", rows)

    def test_the_chatter_is_in_the_order_of_dates(self):
        native = self.lead.message_post(body="Written in Odoo")
        rows = {
            str(n): {
                "body": f"Note {n}",
                "date": f"20{10 + n % 10:02}-0{n % 9 + 1}-01 10:00:00",
                "@subtype": "note",
            }
            for n in range(70)
        }
        self.load_messages(rows)
        # A delta brings an older one; it takes its place.
        self.load_messages({"late": {"body": "Late", "date": "2013-06-06 06:06:06"}})
        shown, before = self.env["mail.message"], None
        while True:
            page = self.env["mail.message"]._message_fetch(
                None, thread=self.lead, before=before, limit=30
            )["messages"]
            if not page:
                break
            shown += page
            before = page[-1].id
        imported = shown.filtered(lambda m: m.id < 0)
        self.assertEqual(len(imported), 71)
        self.assertEqual(
            imported.mapped("date"), sorted(imported.mapped("date"), reverse=True)
        )
        self.assertEqual(shown[0], native)
        self.assertEqual(
            self.loaded("notes", "late").date, datetime(2013, 6, 6, 6, 6, 6)
        )

    def test_many_messages_of_one_second_keep_their_order(self):
        rows = {
            f"{n:03}": {"body": f"n {n}", "date": "2015-05-05 00:00:00"}
            for n in range(40)
        }
        self.load_messages(rows)
        self.load_messages({"x": {"body": "one more", "date": "2015-05-05 00:00:00"}})
        ids = [self.loaded("notes", f"{n:03}").id for n in range(40)]
        self.assertEqual(ids, sorted(ids))
        self.assertEqual(len({*ids, self.loaded("notes", "x").id}), 41)

    def test_ids_follow_dates_and_never_reach_odoos_own(self):
        days = [datetime(1970, 1, 1) + timedelta(days=n * 1111) for n in range(70)]
        ids = [id_for(day) for day in days]
        self.assertEqual(ids, sorted(ids))
        self.assertTrue(all(-(2**31) < number < 0 for number in ids))

    def test_every_column_is_what_create_would_have_written(self):
        values = {
            "subject": "Oferta nº 7",
            "body": "<p>Olá <b>Bob</b></p><script>x()</script>",
            "date": datetime(2018, 3, 4, 5, 6, 7),
            "model": "crm.lead",
            "res_id": self.lead.id,
            "message_type": "comment",
            "subtype_id": self.env.ref("mail.mt_note").id,
            "author_id": self.anna.partner_id.id,
            "email_from": self.anna.email_formatted,
            "reply_to": self.anna.email_formatted,
            "message_id": "<seven@client.test>",
            "is_internal": True,
        }
        loader = self.env["crm.migration.target"]._without_side_effects(self.job)
        by_orm = loader.env["mail.message"].create(dict(values))
        self.load_messages(
            {
                "1": {
                    "subject": "Oferta nº 7",
                    "body": values["body"],
                    "date": "2018-03-04 05:06:07",
                    "message_id": "<seven@client.test>",
                    "@subtype": "note",
                    "@author": {"$owner": "anna"},
                }
            }
        )
        ours = self.loaded("notes", "1")
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(m) FROM mail_message m WHERE id IN %s ORDER BY id DESC",
            [(by_orm.id, ours.id)],
        )
        native, moved = (row for (row,) in self.env.cr.fetchall())
        self.assertEqual(set(native), set(moved))
        for name in ("id", "create_date", "write_date"):
            native.pop(name), moved.pop(name)
        self.assertEqual(moved, native)

    def test_the_short_cut_sanitizes_like_odoo(self):
        field = self.env["mail.message"]._fields["body"]
        for body in BODIES:
            by_odoo = field.convert_to_column(body, self.env["mail.message"])
            self.assertEqual(str(sanitize_body(body)), str(by_odoo or ""), repr(body))
            self.assertEqual(
                str(sanitize_body(body)),
                str(html_sanitize(body, sanitize_attributes=True, sanitize_style=True)),
            )

    def test_the_short_cut_of_sanitizing_is_the_same_for_whatever_people_write(self):
        words = 'Ligou às 9h|東京|مرحبا|it\'s "so"|100 %|-|--| |x@y.z|a;b|“q”…|#1 [2]'.split(
            "|"
        )
        tags = ("b", "strong", "i", "em", "u", "br", "span", "a")
        dice = random.Random(19)
        simple = 0

        def write():
            text = dice.choice(words) + dice.choice(["", " "])
            tag = dice.choice(tags)
            if tag == "br":
                return f"{text}<br>"
            return text if dice.random() < 0.5 else f"<{tag}>{text}</{tag}>"

        for _number in range(1500):
            parts = [
                "".join(write() for _n in range(dice.randint(1, 4)))
            ] * dice.randint(1, 2)
            body = "".join(f"<p>{part}</p>" for part in parts)
            if dice.random() < 0.2:
                body = parts[0]
            found = str(sanitize_body(body))
            simple += found == body
            self.assertEqual(
                found,
                str(html_sanitize(body, sanitize_attributes=True, sanitize_style=True)),
            )
        self.assertGreater(simple, 100)

    def test_a_long_text_that_is_not_simple_takes_no_longer_for_it(self):
        body = f"<p>{'Ligou outra vez. ' * 4000}<a>x</a></p>"
        self.assertIn("Ligou", sanitize_body(body))

    def test_sender_recipients_and_direction_of_an_email(self):
        self.load_messages(
            {
                "in": {
                    "subject": "Frage",
                    "body": "?",
                    "date": "2019-01-01 00:00:00",
                    "message_id": "<abc@client.test>",
                    "@subtype": "email",
                    "@addresses": [
                        {"email": "Bob@Client.test", "name": "Bob", "role": "from"},
                        {"email": "anna.agren@example.test", "name": "", "role": "to"},
                        {
                            "email": "stranger@else.test",
                            "name": "Ünbekannt",
                            "role": "cc",
                        },
                    ],
                },
                "out": {
                    "subject": "Antwort",
                    "body": "!",
                    "date": "2019-01-02 00:00:00",
                    "@subtype": "email",
                    "@addresses": [
                        {"email": "anna.agren@example.test", "role": "from"},
                        {"email": "bob@client.test", "role": "to"},
                    ],
                },
            }
        )
        received, sent = self.loaded("notes", "in"), self.loaded("notes", "out")
        self.assertEqual(
            (received.message_type, received.author_id), ("email", self.bob)
        )
        self.assertEqual(received.message_id, "<abc@client.test>")
        self.assertEqual(received.partner_ids, self.anna.partner_id)
        self.assertIn("stranger@else.test", received.incoming_email_cc)
        self.assertEqual(
            (sent.message_type, sent.author_id), ("comment", self.anna.partner_id)
        )
        self.assertEqual(sent.partner_ids, self.bob)
        self.assertFalse(
            self.env["mail.notification"].search(
                [("mail_message_id", "in", (received | sent).ids)]
            )
        )

    def test_other_parents_get_one_short_note_with_a_link(self):
        self.load_messages(
            {
                "1": {
                    "subject": "Both <b>",
                    "body": "x",
                    "date": "2019-01-01 00:00:00",
                    "@thread": [
                        self.ref("deals", "404"),
                        self.ref("deals", "1"),
                        self.ref("contacts", "1"),
                        self.ref("contacts", "1"),
                        self.ref("companies", "1"),
                    ],
                }
            }
        )
        self.assertEqual(self.loaded("notes", "1").res_id, self.lead.id)
        for partner in (self.bob, self.loaded("companies", "1")):
            (note,) = partner.message_ids.filtered(lambda m: m.id < 0)
            self.assertIn(f'data-oe-id="{self.lead.id}"', note.body)
            self.assertIn("Both &lt;b&gt;", note.body)
            self.assertEqual(note.date, datetime(2019, 1, 1))
        self.assertEqual(self.unload("notes"), {"deleted": 1})
        self.assertFalse(self.bob.message_ids.filtered(lambda m: m.id < 0))

    def test_a_message_whose_record_was_not_loaded_fails_with_a_sentence(self):
        rows = {
            "1": {"body": "x", "@thread": [self.ref("deals", "404")]},
            "2": {"body": "y"},
        }
        self.assertEqual(self.load_messages(rows), {"created": 1, "failed": 1})
        self.assertEqual(self.staged("notes", "1").problem, "no_thread")

    def test_pictures_in_the_text_become_attachments_and_broken_ones_are_said(self):
        body = f'<p>a<img src="data:image/png;base64,{PIXEL}"/>b<img src="data:image/png;base64,AA$A"/></p>'
        self.load_messages({"1": {"body": body, "date": "2019-01-01 00:00:00"}})
        message = self.loaded("notes", "1")
        self.assertEqual(len(message.attachment_ids), 1)
        self.assertIn(
            f"/web/image/{message.attachment_ids.id}?access_token=", message.body
        )
        self.assertTrue(self.messages("broken_picture"))
        self.assertNotIn("base64", message.body)

    def test_a_call_says_how_long_it_took(self):
        self.load_messages(
            {
                "1": {
                    "body": "Ligou",
                    "@subtype": "call",
                    "@duration": 0.25,
                    "date": "2019-01-01 00:00:00",
                }
            }
        )
        call = self.loaded("notes", "1")
        self.assertEqual(
            call.mail_activity_type_id, self.env.ref("mail.mail_activity_data_call")
        )
        self.assertIn("15 min", call.body)

    def test_messages_read_reply_and_vanish_like_any_other(self):
        self.load_messages(
            {
                "1": {
                    "body": "Old",
                    "date": "2019-01-01 00:00:00",
                    "@author": {"$owner": "anna"},
                }
            }
        )
        old = self.loaded("notes", "1")
        answer = self.lead.message_post(body="Reply", parent_id=old.id)
        self.assertEqual(answer.parent_id, old)
        found = self.env["mail.message"]._message_fetch(
            None, thread=self.lead, search_term="Old"
        )
        self.assertEqual(found["messages"], old)
        around = self.env["mail.message"]._message_fetch(
            None, thread=self.lead, around=old.id
        )
        self.assertIn(old, around["messages"])
        self.assertEqual(self.verify("notes", "mail.message", ["1"]), [])
        old.unlink()
        self.assertFalse(old.exists())

    def test_an_update_changes_the_text_and_leaves_its_place(self):
        values = {
            "body": "Old",
            "date": "2019-01-01 00:00:00",
            "@thread": [self.ref("deals", "1")],
        }
        self.load_messages({"1": values})
        old = self.loaded("notes", "1")
        self.assertEqual(
            self.load_messages({"1": {**values, "body": "New"}}), {"updated": 1}
        )
        self.assertEqual(old.body.striptags(), "New")

    def test_what_comes_later_is_linked_and_nothing_else_changes(self):
        late = {"name": "Late", "email": "late@client.test"}
        self.stage("contacts", "res.partner", {"9": late})
        values = {
            "subject": "S",
            "body": "B",
            "date": "2019-01-01 00:00:00",
            "@partners": [self.ref("contacts", "9")],
            "@thread": [self.ref("deals", "1"), self.ref("contacts", "9")],
        }
        self.load_messages({"1": values})
        message = self.loaded("notes", "1")
        before = self.table_digest("mail_message", skip=("write_date", "write_uid"))
        self.load("contacts", "res.partner", {"9": late})
        self.env["crm.migration.target"]._for("mail.message")._link(
            self.load_run, self.map_row("notes", "1")
        )
        self.env.invalidate_all()
        partner = self.loaded("contacts", "9")
        self.assertEqual(message.partner_ids, partner)
        (note,) = partner.message_ids.filtered(lambda m: m.id < 0)
        self.assertIn(str(self.lead.id), note.body)
        after = self.table_digest(
            "mail_message", without=note.ids, skip=("write_date", "write_uid")
        )
        self.assertEqual(after, before)
        self.assertEqual(self.unload("notes"), {"deleted": 1})
        self.assertFalse(note.exists())
