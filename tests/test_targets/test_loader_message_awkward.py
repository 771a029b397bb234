"""An awkward set of messages, column for column as it always was loaded."""

import json
import re
from datetime import timedelta
from pathlib import Path

from odoo.tests import tagged

from ...models.loading.chatter_order import id_for
from ...models.staging.crm_migration_stream_filter import FILTERED
from ..loader_common import LoaderCase
from ..message_rows import CHANGES, ROWS

EXPECTED = Path(__file__).parent.parent / "target_data" / "messages_awkward.json"
"""Of the loader that prepared value by value, and wrote its rows one by one."""

TABLES = {
    "mail_message": "SELECT to_jsonb(t) FROM mail_message AS t WHERE id < 0 ORDER BY id",
    "mail_message_res_partner_rel": (
        "SELECT to_jsonb(t) FROM mail_message_res_partner_rel AS t"
        " WHERE mail_message_id < 0 ORDER BY mail_message_id, res_partner_id"
    ),
    "message_attachment_rel": (
        "SELECT to_jsonb(t) FROM message_attachment_rel AS t"
        " WHERE message_id < 0 ORDER BY message_id, attachment_id"
    ),
    "ir_attachment": (
        "SELECT jsonb_build_object('res_model', res_model, 'res_id', res_id,"
        " 'name', name, 'mimetype', mimetype, 'checksum', checksum)"
        " FROM ir_attachment WHERE res_model IN ('crm.lead', 'res.partner')"
        " AND name ~ '^image[0-9]+$' ORDER BY id"
    ),
    "id_map": (
        "SELECT to_jsonb(t) FROM crm_migration_id_map AS t"
        " WHERE job_id = %s AND stream = 'notes' ORDER BY source_id COLLATE \"C\""
    ),
    "record": (
        "SELECT jsonb_build_object('source_id', source_id, 'state', state,"
        " 'problem', problem, 'message', message, 'res_model', res_model,"
        " 'res_id', res_id) FROM crm_migration_record"
        " WHERE job_id = %s AND stream = 'notes' ORDER BY id"
    ),
    "message": (
        "SELECT to_jsonb(t) FROM crm_migration_message AS t"
        " WHERE job_id = %s ORDER BY id"
    ),
}

PEOPLE = {"author_id", "res_partner_id"}
USERS = {"create_uid", "write_uid"}
LEFT_OUT = {"id", "job_id", "run_id", "changed_run_id", "record_id", "stream_id"}


@tagged("post_install", "-at_install")
class TestLoaderMessageAwkward(LoaderCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.load("companies", "res.partner", {"1": {"name": "A", "is_company": True}})
        people = {
            "1": {"name": "Bob", "email": "bob@client.test"},
            "2": {"name": "Cleo, Dr.", "email": "shared@client.test"},
            "3": {"name": "Dino", "email": "shared@client.test"},
            "4": {"name": "No Address"},
        }
        self.load("contacts", "res.partner", people)
        self.load("deals", "crm.lead", {"1": {"name": "Deal"}, "2": {"name": "Two"}})
        self.load(
            "tasks",
            "mail.activity",
            {"1": {"summary": "Do", "@thread": [self.ref("deals", "2")]}},
        )
        self.stage("contacts", "res.partner", {"later": {"name": "Late"}})
        self.stage("contacts", "res.partner", {"out": {"name": "Out"}})
        self.staged("contacts", "out").write({"state": "skipped", "problem": FILTERED})
        self.decide("kinds", "Mail", choice="email")
        self.decide("kinds", "Odd", choice="letter")
        self.env.flush_all()

    def test_loaded_for_the_first_time_and_again_with_changes(self):
        found = {}
        self.load("notes", "mail.message", ROWS)
        found["first"] = self.tell_everything()
        self.work_on(self.loaded("notes", "edited"), body="By Anna")
        self.load("notes", "mail.message", CHANGES)
        found["again"] = self.tell_everything()
        ids = [row for row in ROWS if self.map_row("notes", row)]
        found["differences"] = [
            [each["source_id"], each["field"]]
            for each in self.verify("notes", "mail.message", ids)
        ]
        expected = json.loads(EXPECTED.read_text())
        self.assertEqual(found.pop("differences"), expected.pop("differences"))
        for when, tables in expected.items():
            for table, rows in tables.items():
                for ours, theirs in zip(found[when][table], rows, strict=True):
                    self.assertEqual(ours, theirs, f"{when}: {table}")

    # -- everything that is told, without what is different in every database ----

    def tell_everything(self):
        self.env.flush_all()
        told = {}
        for table, query in TABLES.items():
            self.env.cr.execute(query, [self.job.id] if "%s" in query else [])
            rows = [row for (row,) in self.env.cr.fetchall()]
            told[table] = [self.tell_row(row) for row in rows]
        return told

    def tell_row(self, row):
        told = {}
        message_id = row.get("message_id") if row.get("message_id") else None
        for name, value in sorted(row.items()):
            if name == "id" and value < 0:
                told[name] = self.tell_id(value)
            elif name in LEFT_OUT or value is None:
                continue
            elif name in PEOPLE:
                told[name] = self.env["res.partner"].browse(value).name
            elif name in USERS:
                told[name] = self.env["res.users"].browse(value).login
            elif name in ("subtype_id", "mail_activity_type_id"):
                model = {"subtype_id": "mail.message.subtype"}
                model = model.get(name, "mail.activity.type")
                record = self.env[model].browse(value)
                told[name] = record.get_external_id()[record.id]
            elif name in ("mail_message_id",) or (
                name == "message_id" and message_id and isinstance(message_id, int)
            ):
                told[name] = self.tell_id(value)
            elif name == "res_id":
                told[name] = self.tell_record(
                    row.get("res_model", row.get("model")), value
                )
            elif name == "attachment_id":
                told[name] = self.env["ir.attachment"].browse(value).name
            elif name == "extras":
                told[name] = {model: len(ids) for model, ids in value.items()}
            else:
                told[name] = self.tell_text(value)
        return json.loads(json.dumps(told))

    def tell_id(self, number):
        """Return the number of a message; what is dated today is numbered by the clock."""
        return "today" if number > id_for(self.env.cr.now()) - 10**7 else number

    def tell_record(self, model, res_id):
        if model == "mail.message":
            return self.tell_id(res_id)
        record = self.env[model].browse(res_id)
        return f"{model} {record.display_name}"

    def tell_text(self, value):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        text = text.replace(f"<migration-{self.job.id}-", "<migration-JOB-")
        text = re.sub(r"-(crm\.lead|res\.partner)-\d+@", r"-\1-N@", text)
        text = re.sub(r"/web/image/\d+\?access_token=[\w-]+", "/web/image/N", text)
        text = re.sub(r'data-oe-id=\\"\d+\\"', "data-oe-id=N", text)
        # Whoever works on a record does so an hour later, near midnight on another day.
        for hours in (0, 1):
            day = (self.env.cr.now() + timedelta(hours=hours)).date()
            text = re.sub(rf"{day}[T ][\d:.]+", "NOW", text)
        return json.loads(text)
