"""A change of any column by anybody is found, whether the source fills it or not."""

from datetime import date, datetime, timedelta

import psycopg2

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..loader_common import LoaderCase

UNFOUND = {
    ("*", "write_date"): "later than we left it: so the work of a person looks",
    ("crm.lead", "lead_properties"): "properties are no single value",
    ("res.partner", "properties"): "properties are no single value",
    (
        "res.partner",
        "calendar_last_notif_ack",
    ): "the moment of creation, which a later reading may have taken back",
    ("mail.activity", "res_name"): "keeps the name its record had once",
    ("ir.attachment", "access_token"): "drawn by lot when a file is shared",
    ("calendar.event", "access_token"): "drawn by lot when an event is shared",
    ("calendar.attendee", "access_token"): "drawn by lot",
    ("crm.tag", "color"): "drawn by lot",
    ("res.partner.category", "color"): "drawn by lot",
    ("crm.team", "color"): "drawn by lot",
    ("crm.team", "alias_id"): "Odoo makes an own address for each team",
    ("utm.campaign", "name"): "the title, made unique by a number",
    ("res.users", "partner_id"): "Odoo makes an own contact for each user",
    ("res.users", "tour_enabled"): "changes as they use Odoo",
    ("res.users", "totp_last_counter"): "changes as they use Odoo",
    ("res.users", "manual_im_status"): "changes as they use Odoo",
    ("res.users", "odoobot_state"): "changes as they use Odoo",
}
"""Column → why its change is not told from what happens every day."""

LOADED = {
    "teams": ("crm.team", {"name": "Nordic"}),
    "stages": ("crm.stage", {"name": "Handshake", "sequence": 7}),
    "tags": ("crm.tag", {"name": "Urgent"}),
    "categories": ("res.partner.category", {"name": "Partner"}),
    "industries": ("res.partner.industry", {"name": "Tiles"}),
    "reasons": ("crm.lost.reason", {"name": "Too far away"}),
    "sources": ("utm.source", {"name": "Fair in Porto"}),
    "mediums": ("utm.medium", {"name": "By the roadside"}),
    "campaigns": ("utm.campaign", {"title": "Spring"}),
    "companies": (
        "res.partner",
        {
            "name": "Azulejos Norte",
            "is_company": True,
            "phone": "+351 210 000 001",
            "city": "Porto",
            "@created_at": "2019-04-05T10:20:30Z",
        },
    ),
    "contacts": (
        "res.partner",
        {
            "name": "Marta Silva",
            "email": "marta@norte.example",
            "parent_id": {"$ref": ["companies", "1"]},
        },
    ),
    "deals": (
        "crm.lead",
        {
            "name": "Tiles for the station",
            "expected_revenue": 1250.5,
            "partner_id": {"$ref": ["contacts", "1"]},
            "@created_at": "2023-10-01T08:00:00Z",
        },
    ),
    "meetings": (
        "calendar.event",
        {
            "name": "On the roof",
            "start": "2024-03-04 14:30:00",
            "@partners": [{"$ref": ["contacts", "1"], "state": "accepted"}],
            "@thread": [{"$ref": ["deals", "1"]}],
        },
    ),
    "tasks": (
        "mail.activity",
        {
            "summary": "Call back about the grout",
            "date_deadline": "2024-04-05",
            "@thread": [{"$ref": ["deals", "1"]}],
        },
    ),
    "notes": (
        "mail.message",
        {
            "body": "They want it in blue.",
            "date": "2024-01-02T03:04:05Z",
            "@thread": [{"$ref": ["deals", "1"]}],
        },
    ),
    "files": (
        "ir.attachment",
        {
            "name": "plan.txt",
            "@file": {"path": "plan", "name": "plan.txt"},
            "@thread": [{"$ref": ["deals", "1"]}],
        },
    ),
    "opt_outs": ("mail.blacklist", {"email": "nobody@norte.example"}),
    "users": ("res.users", {"name": "Bela Past"}),
}
"""Stream → (model, values of its only row); most columns are filled by nobody."""


@tagged("post_install", "-at_install")
class TestVerifyColumns(LoaderCase):
    def setUp(self):
        super().setUp()
        self.give_files({"plan": b"Two roofs, one yard."})
        owner = self.env["crm.migration.owner"].create(
            {"job_id": self.job.id, "key": "1", "name": "Bela Past"}
        )
        owner.decision = "placeholder"
        self.env["crm.migration.target"]._for("res.users")._create_for_owners(
            self.job, owner
        )
        for stream, (model, values) in LOADED.items():
            self.assertEqual(
                self.load(stream, model, {"1": values}), {"created": 1}, stream
            )

    def find(self, stream):
        """Return the names of the fields that verification finds to be different."""
        model = LOADED[stream][0]
        loader = self.env["crm.migration.target"]._for(model)
        mapping, rows = self.mapping(stream, model), self.rows(stream, ["1"])
        _compared, differences = loader._verify(self.load_run, mapping, rows)
        self.env.invalidate_all()
        return {each["field"] for each in differences}

    def test_nothing_is_found_where_nothing_was_changed(self):
        for stream in LOADED:
            with self.subTest(stream):
                self.assertFalse(self.find(stream))

    def test_what_a_person_worked_on_is_nobodys_mistake(self):
        lead = self.loaded("deals", "1")
        self.work_on(lead, user_id=self.anna.id, priority="3", referred="Zé")
        self.assertFalse(self.find("deals"))

    def test_a_customer_that_changed_later_makes_no_deal_wrong(self):
        self.work_on(self.loaded("contacts", "1"), function="Owner")
        self.assertFalse(self.find("deals"))

    def test_a_salesperson_whom_nobody_named_is_found(self):
        self.put(self.loaded("deals", "1"), "user_id", self.env.uid)
        self.assertIn("user_id", self.find("deals"))

    def test_somebody_who_was_not_invited_is_found(self):
        event = self.loaded("meetings", "1")
        event.sudo().write({"partner_ids": [Command.link(self.anna.partner_id.id)]})
        self.put(event, "write_date", self.map_row("meetings", "1").watermark)
        self.assertTrue({"partner_ids", "attendee_ids"} & self.find("meetings"))

    def test_a_change_of_any_column_is_found(self):
        """Column by column, of the registry; what is not found is named with its reason."""
        planted, unfound = 0, []
        for stream, record in self.records():
            for name, field in record._fields.items():
                if not field.store or not field.column_type or name == "id":
                    continue
                for value in self.other_values(record, field):
                    there = self.plant(stream, record, name, value)
                    if there is None:
                        continue
                    planted += 1
                    if not there:
                        unfound.append((record._name, name, value))
        self.assertGreaterEqual(planted, 240)
        self.assertFalse(
            [
                (model, name, value)
                for model, name, value in unfound
                if not {(model, name), ("*", name)} & UNFOUND.keys()
            ]
        )
        self.assertGreaterEqual(planted - len(unfound), 0.95 * planted)

    # -- planting ----------------------------------------------------------------

    def records(self):
        """Yield (stream, record), the attendees of the meeting among them."""
        for stream in LOADED:
            record = self.loaded(stream, "1").with_context(active_test=False)
            yield stream, record
            if stream == "meetings":
                yield stream, record.attendee_ids

    def plant(self, stream, record, name, value):
        """Tell whether a change is found, None where the database does not take it."""
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger("odoo.sql_db"):
                self.put(record, name, value)
            return bool(self.find(stream))
        except psycopg2.Error:
            return None
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def put(self, record, name, value):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL.identifier(name),
                value,
                record.id,
            )
        )
        self.env.invalidate_all()

    def other_values(self, record, field):
        """Return values that are not the one which stands there, an empty one among them."""
        now = record[field.name]
        other = self.other_value(record, field, now)
        values = [] if other is None else [other]
        is_empty = not now or field.type == "boolean" or field.company_dependent
        return values if is_empty else [*values, None]

    def other_value(self, record, field, now):
        if field.translate:
            return '{"en_US": "Planted"}'
        if field.company_dependent:
            return (
                f'{{"{self.company.id}": "Planted"}}' if field.type == "char" else None
            )
        if field.type == "boolean":
            return not now
        if field.type in ("integer", "float", "monetary", "many2one_reference"):
            return (now or 0) + 7
        if field.type == "selection":
            keys = [k for k in field.get_values(self.env) if k != now]
            return keys[-1] if keys else None
        if field.type == "many2one":
            others = self.env[field.comodel_name].with_context(active_test=False)
            return others.search([("id", "!=", now.id)], order="id", limit=1).id or None
        if field.type == "date":
            return (now or date(2026, 2, 3)) + timedelta(days=40)
        if field.type == "datetime":
            return (now or datetime(2026, 2, 3, 4, 5)) + timedelta(days=40)
        if field.type in ("char", "text", "html"):
            return "Planted"
        return None
