"""Records of a kind that Odoo does not have get a model of their own, and leave with it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.crm_migration import uninstall_hook

from ...connectors.core.source import Stream
from ...connectors.mapping.vocabulary import (
    boolean,
    constant,
    custom_field,
    custom_object,
    datetime,
    decimal,
    field,
    html,
    integer,
    lookup,
    mapping,
    split,
    strip,
    url,
)
from ..common import CrmMigrationCase, FakeSource
from ..digests import get_digest, get_rows

STREAMS = (
    Stream("companies", "Companies"),
    Stream("contacts", "Contacts", depends_on=("companies",)),
    Stream("notes", "Notes"),
    Stream("machines", "Maschinen & Geräte"),
    Stream("halls", "Halls"),
)
CONDITION = (("1", "Wie neu ✓"), ("2", "Gebraucht <b>"))
MAPPINGS = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        custom_field(
            "press", "press", lookup("machines"), label="Press", kind="reference",
            relation="machines",
        ),
    ),
    mapping(
        "notes",
        "mail.message",
        field("body", "text", html, required=True),
        field("@thread", "about", lookup("machines")),
        field("date", "at", datetime),
    ),
    custom_object(
        "machines",
        "x_machines",
        field("x_name", "name", strip),
        field("@created_at", "made", datetime),
        custom_field("serial", "serial", strip, label="Serial No. “&”"),
        custom_field("active", "active", strip, label="Active?"),
        custom_field("price", "price", decimal, label="Price", kind="monetary"),
        custom_field("hours", "hours", integer, label="Hours", kind="integer"),
        custom_field("since", "since", strip, label="Since", kind="date"),
        custom_field("served", "served", datetime, label="Served", kind="datetime"),
        custom_field("remote", "remote", boolean, label="Remote", kind="boolean"),
        custom_field("manual", "manual", url, label="Manual", kind="url"),
        custom_field("text", "text", html, label="Remarks", kind="html"),
        custom_field(
            "state", "state", strip, label="Condition", kind="selection", options=CONDITION
        ),
        custom_field(
            "extras", "extras", split(";"), label="Extras", kind="multi_selection",
            options=(("a", "Kühlung"), ("b", "Späneförderer")),
        ),
        custom_field(
            "owner", "owner", lookup("companies"), label="Owner", kind="reference",
            relation="companies",
        ),
        custom_field(
            "hall", "hall", lookup("halls"), label="Hall", kind="reference", relation="halls"
        ),
        custom_field(
            "twin", "twin", lookup("machines"), label="Twin", kind="reference",
            relation="machines",
        ),
        label="Machines",
    ),
    custom_object(
        "halls", "x_halls",
        field("x_name", "name", strip),
        custom_field(
            "main", "main", lookup("machines"), label="Main machine", kind="reference",
            relation="machines",
        ),
        label="Halls",
    ),
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestCustomObjects(CrmMigrationCase):
    maxDiff = None

    def setUp(self):
        # Last of all: the models that a test creates are gone with its transaction.
        self.addCleanup(lambda: self.registry._setup_models__(self.env.cr))
        super().setUp()
        self.patch(FakeSource, "streams", STREAMS)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        self.patch(FakeSource, "get_value_lists", lambda source: ())
        self.use_source(
            companies=[
                {"id": 1, "name": "Žižka Fräswerke", "press": 7},
                {"id": 2, "name": "Lund"},
            ],
            contacts=[],
            notes=[
                {"id": 1, "text": "<p>Oil & <b>filter</b></p>", "about": 7,
                 "at": "2021-03-04T05:06:07Z"},
            ],
            machines=[
                {
                    "id": 7, "name": "CNC-7 “Žižka”", "made": "2019-03-04T05:06:07Z",
                    "serial": "SN0001", "active": None, "price": 45000.1234, "hours": 12,
                    "since": "2021-02-28", "served": "2025-03-03T23:30:00Z",
                    "remote": True, "manual": "https://žižka.example/a?b=1&c=2",
                    "text": "<p>Läuft</p>", "state": "2", "extras": "a;b", "owner": 1,
                    "hall": 3, "twin": 8,
                },
                {"id": 8, "name": None, "serial": "SN0002", "state": "1", "extras": "b",
                 "owner": 2, "hall": None, "twin": 7, "remote": False, "hours": 0},
            ],
            halls=[{"id": 3, "name": "Halle Süd", "main": 8}],
        )  # fmt: skip

    def migrate(self):
        self.run_kinds("discover")
        self.job.mapping_ids.line_ids.filtered("is_custom")._accept_custom()
        self.run_kinds("extract")
        return self.run_kinds("load")

    def test_they_are_loaded_last_with_every_kind_of_field(self):
        self.migrate()
        order = [m.stream for m in self.job.mapping_ids.sorted("sequence")]
        self.assertEqual(order[0], "companies")
        self.assertEqual(order[-1], "notes", "what hangs on them comes behind them")
        press = self.migrated("machines", "7")
        self.assertEqual(press._name, "x_machines")
        self.assertEqual(press.display_name, "CNC-7 “Žižka”")
        self.assertEqual(str(press.create_date), "2019-03-04 05:06:07")
        self.assertEqual(press.x_serial, "SN0001")
        self.assertEqual(press.x_price, 45000.1234)
        self.assertEqual(press.x_hours, 12)
        self.assertEqual(str(press.x_since), "2021-02-28")
        self.assertEqual(str(press.x_served), "2025-03-03 23:30:00")
        self.assertTrue(press.x_remote)
        self.assertEqual(press.x_manual, "https://žižka.example/a?b=1&c=2")
        self.assertEqual(press.x_text, "<p>Läuft</p>")
        self.assertEqual(press.x_state, "2")
        self.assertEqual(press.x_extras.mapped("x_name"), ["Kühlung", "Späneförderer"])
        self.assertEqual(press.x_owner, self.migrated("companies", "1"))
        self.assertEqual(press.x_hall, self.migrated("halls", "3"))
        second = self.migrated("machines", "8")
        self.assertEqual((press.x_twin, second.x_twin), (second, press))
        self.assertEqual(second.x_name, "Machines", "named by what it is")
        self.assertEqual(self.migrated("companies", "1").x_press, press)
        self.assertEqual(self.migrated("halls", "3").x_main, second)
        note = self.migrated("notes", "1")
        self.assertEqual((note.model, note.res_id), ("x_machines", press.id))
        self.assertIn(note, press.message_ids)
        self.assertNotIn("x_active", press._fields, "it would hide every record")

    def test_people_find_them_and_only_managers_change_them(self):
        self.migrate()
        press = self.migrated("machines", "7")
        user = self.env["res.users"].create(
            {
                "name": "Ida",
                "login": "ida.custom",
                "group_ids": self.env.ref("base.group_user").ids,
            }
        )
        self.assertEqual(press.with_user(user).x_name, "CNC-7 “Žižka”")
        with self.assertRaises(AccessError):
            press.with_user(user).write({"x_name": "Mine"})
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        names = {menu["name"] for menu in menus.values()}
        self.assertLessEqual({"Migrated Objects", "Machines", "Halls"}, names)
        views = (
            self.env["x_machines"]
            .with_user(user)
            .get_views([(False, "list"), (False, "form"), (False, "search")])["views"]
        )
        self.assertIn("x_serial", views["list"]["arch"])
        self.assertIn("x_owner", views["form"]["arch"])
        self.assertIn("chatter", views["form"]["arch"])
        self.assertIn("by_x_state", views["search"]["arch"])
        form = self.env["res.partner"].get_views([(False, "form")])["views"]["form"]
        self.assertIn("x_press", form["arch"])

    def test_a_second_load_changes_nothing_and_a_difference_is_found(self):
        self.migrate()
        again = self.run_kinds("load")
        self.assertEqual((again.created_count, again.updated_count), (0, 0))
        self.run_kinds("verify")
        self.assertEqual(self.tell_differences(), [])
        press = self.migrated("machines", "7")
        planted = {
            "x_name": "Other",
            "x_serial": "SN9",
            "x_price": 1,
            "x_hours": 13,
            "x_since": "2021-03-01",
            "x_served": "2025-03-03 23:30:01",
            "x_remote": False,
            "x_manual": "https://other.example",
            "x_text": "<p>Steht</p>",
            "x_state": "1",
            "x_extras": [(5,)],
            "x_owner": False,
            "x_hall": False,
            "x_twin": False,
        }
        press.write(planted)
        self.run_kinds("verify")
        found = {field for _stream, field, _found in self.tell_differences()}
        self.assertEqual(len(found), len(planted), found)

    def tell_differences(self):
        rows = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        return [(row.stream, row.field, row.found) for row in rows]

    def test_a_change_of_the_source_arrives(self):
        self.migrate()
        FakeSource.data["machines"][0].update(serial="SN0001-B", state="1", hall=None)
        self.run_kind("extract", {"again": True})
        self.run_kinds("load")
        press = self.migrated("machines", "7")
        self.assertEqual((press.x_serial, press.x_state), ("SN0001-B", "1"))

    def test_a_rollback_leaves_nothing(self):
        self.env.flush_all()
        before = get_digest(self.env)
        tables = ("ir_model", "ir_ui_menu", "ir_model_data", "ir_model_fields")
        rows = {name: get_rows(self.env, name) for name in tables}
        self.migrate()
        self.run_kinds("rollback")
        after = get_digest(self.env)
        changed = {n for n in {*before, *after} if before.get(n) != after.get(n)}
        told = {}
        for name in changed:
            known = {str(row) for row in rows.get(name, ())}
            now = (
                {str(row) for row in get_rows(self.env, name)}
                if name in after
                else set()
            )
            told[name] = sorted(known ^ now)[:4]
        self.assertEqual(told, {})
        self.assertNotIn("x_machines", self.env)
        self.run_kinds("load")
        self.assertEqual(self.migrated("machines", "7").x_serial, "SN0001")

    def test_what_people_put_into_it_keeps_it_and_is_told(self):
        self.migrate()
        own = self.env["x_halls"].create({"x_name": "Mine"})
        run = self.run_kinds("rollback")
        self.assertTrue(own.exists())
        told = self.env["crm.migration.message"].search(
            [("run_id", "=", run.id), ("code", "=", "object_kept")]
        )
        self.assertIn("halls", told.mapped("stream"))
        own.unlink()
        self.run_kinds("rollback")
        self.assertNotIn("x_halls", self.env)

    def test_the_addon_leaves_without_them_and_leaves_them(self):
        """No group can be deleted that has rights of a model (``ondelete="restrict"``)."""
        self.migrate()
        uninstall_hook(self.env)
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "=", "x_machines")]
        )
        self.assertEqual(
            rights.filtered("perm_write").group_id, self.env.ref("base.group_system")
        )
        self.assertEqual(
            (rights - rights.filtered("perm_write")).group_id,
            self.env.ref("base.group_user"),
        )

    def test_a_model_of_that_name_that_people_have_stops_the_load(self):
        self.env["ir.model"].create(
            {"name": "Ours", "model": "x_halls", "state": "manual"}
        )
        self.run_kinds("discover")
        self.run_kinds("extract")
        run = self.run_kind("load")
        self.assertNotEqual(run.state, "done")
        self.assertIn("x_halls", run.blocked_reason or "")

    def test_a_rehearsal_creates_no_model(self):
        self.run_kinds("discover")
        self.run_kinds("extract")
        with self.enter_registry_test_mode():
            self.run_kinds("dry_run")
        self.assertNotIn("x_machines", self.env)
