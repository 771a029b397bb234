"""A rollback leaves the database as it was: every table, beside what people had before."""

from odoo.tests import tagged

from ...connectors.mapping.parts import ValueList
from ...connectors.mapping.vocabulary import (
    constant,
    custom_field,
    email,
    field,
    lookup,
    mapping,
    split,
    strip,
    value_map,
)
from ..common import CrmMigrationCase, FakeSource
from ..digests import get_digest, get_rows

LONG = "preferred_languages_of_correspondence"
LONGER = "preferred_languages_of_correspondence_by_phone"
LANGUAGES = (("pt", "Português"), ("da", "Dansk"), ("et", "Eesti"))
MAPPINGS = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("email", "email", email),
        field("phone", "phone", strip),
        field("vat", "vat", strip),
        field("street", "street", strip),
        field("country_id", "country", value_map("countries")),
        field("category_id", "tags", split(";"), value_map("tags")),
        custom_field(
            LONG, "spoken", split(";"), label="Writes", kind="multi_selection",
            options=LANGUAGES,
        ),
        custom_field(
            LONGER, "heard", split(";"), label="Hears", kind="multi_selection",
            options=LANGUAGES,
        ),
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("email", "email", email),
        field("parent_id", "company", lookup("companies")),
    ),
    mapping(
        "contacts", "mail.blacklist", field("email", "email", email), part="optout",
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip, required=True),
        field("type", None, constant("opportunity")),
        field("partner_id", "company", lookup("companies")),
        field("stage_id", "stage", value_map("stages")),
        field("lost_reason_id", "why", value_map("reasons")),
        field("@state", "state", strip),
    ),
)  # fmt: skip
LISTS = (
    ValueList("countries", "Countries", "res.country"),
    ValueList("tags", "Tags", "res.partner.category", create=True),
    ValueList("stages", "Stages", "crm.stage", create=True),
    ValueList("reasons", "Reasons", "crm.lost.reason", create=True),
)


@tagged("post_install", "-at_install")
class TestRollbackDigest(CrmMigrationCase):
    maxDiff = None

    def setUp(self):
        # Last of all: the fields that a test creates are gone with its transaction.
        self.addCleanup(lambda: self.registry._setup_models__(self.env.cr))
        super().setUp()
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        self.patch(FakeSource, "get_value_lists", lambda source: LISTS)
        self.make_what_people_have()
        self.use_source(
            companies=[
                {
                    "id": n,
                    "name": f"Lund & Sønner {n}",
                    "email": f"post@lund{n}.example",
                    "phone": f"+45 33 12 34 {n:02}",
                    "vat": "DK13585628" if n == 1 else None,
                    "street": f"Havnegade {n}",
                    "country": "Denmark",
                    "tags": "Slate;Copper",
                    "spoken": "pt;da",
                    "heard": "et",
                }
                for n in range(1, 6)
            ],
            contacts=[
                {
                    "id": 1,
                    "name": "Ana Lund",
                    "email": "ana@lund1.example",
                    "company": 1,
                },
                {"id": 2, "name": "Bo Ek", "email": "stop@lund2.example", "company": 2},
            ],
            deals=[
                {
                    "id": n,
                    "name": f"Roof {n}",
                    "company": n,
                    "stage": "Sketched",
                    "why": "Too dear" if n == 2 else None,
                    "state": "lost" if n == 2 else "open",
                }
                for n in range(1, 6)
            ],
        )

    def make_what_people_have(self):
        """Create records of the same identity, a year before the migration."""
        partners = self.env["res.partner"].create(
            [
                {"name": "Lund & Sønner 1", "email": "post@lund1.example"},
                {"name": "Ana Lund", "email": "ana@lund1.example"},
            ]
        )
        partners[0].is_company = True
        self.firm, self.ana = partners
        self.child = partners.create({"name": "Ib", "parent_id": self.firm.id})
        self.env["mail.blacklist"].create({"email": "stop@lund2.example"})
        self.reason = self.env["crm.lost.reason"].create({"name": "Price"})
        lead = self.env["crm.lead"].create(
            {"name": "Theirs", "partner_id": self.firm.id, "type": "opportunity"}
        )
        self.env.flush_all()
        for record in (partners, self.child, lead, self.reason):
            self.env.cr.execute(
                f"UPDATE \"{record._table}\" SET write_date = write_date - INTERVAL '1 year'"
                " WHERE id = ANY(%s)",
                [record.ids],
            )
        self.env.invalidate_all()

    def go(self, kind):
        run = self.run_kinds(kind)
        kept = self.env["crm.migration.message"].search(
            [("run_id", "=", run.id), ("code", "=like", "kept%")]
        )
        self.assertFalse(kept.mapped(lambda m: (m.stream, m.source_id, m.text)))
        return run

    def migrate(self):
        self.job.duplicate_policy = "merge"
        self.go("discover")
        self.job.mapping_ids.line_ids.filtered("is_custom")._accept_custom()
        self.go("extract")
        self.job.duplicate_ids.filtered(
            lambda d: d.decision != "merge"
        ).decision = "merge"
        self.go("load")

    def assert_as_before(self, before, rows):
        after = get_digest(self.env)
        changed = {
            name for name in {*before, *after} if before.get(name) != after.get(name)
        }
        told = {name: self.tell(name, rows.get(name)) for name in changed}
        self.assertEqual(told, {})

    def tell(self, table, before):
        """Return what differs in a table: id → column → (before, after)."""
        if before is None:
            return "not as it was"
        known = {row["id"]: row for row in before}
        return {
            row["id"]: {
                name: (known.get(row["id"], {}).get(name), value)
                for name, value in row.items()
                if known.get(row["id"], {}).get(name) != value
            }
            for row in get_rows(self.env, table)
            if row != known.get(row["id"])
        }

    def take_rows(self):
        tables = ("res_partner", "crm_lead", "mail_blacklist", "crm_lost_reason")
        return {name: get_rows(self.env, name) for name in tables}

    def test_new_and_dropped_fields_are_announced_by_the_commit_that_makes_them_so(
        self,
    ):
        """A worker that is killed behind it leaves none that do not know of them."""

        def announced():
            self.env.cr.execute("SELECT max(id) FROM orm_signaling_registry")
            return self.env.cr.fetchone()[0]

        before = announced()
        self.migrate()
        created = announced()
        self.assertGreater(created, before)
        self.go("rollback")
        self.assertGreater(announced(), created)

    def test_everything_is_as_before(self):
        before, rows = get_digest(self.env), self.take_rows()
        self.migrate()
        self.assertEqual(self.migrated("companies", "1"), self.firm)
        self.assertEqual(self.firm.phone, "+45 33 12 34 01")
        self.assertEqual(self.firm.country_id.code, "DK")
        for name in (LONG, LONGER):
            field_name = (
                self.env["crm.migration.mapping.line"]
                .search(
                    [("job_id", "=", self.job.id), ("target", "=", f"@custom.{name}")]
                )
                .custom_field
            )
            self.assertIn(field_name, self.firm._fields)
        fields = [
            line.custom_field
            for line in self.job.mapping_ids.line_ids
            if line.custom_field
        ]
        company = self.migrated("companies", "2")
        self.assertEqual(
            [company[name].mapped("x_name") for name in fields],
            [["Português", "Dansk"], ["Eesti"]],
        )
        self.go("rollback")
        self.assert_as_before(before, rows)

    def test_two_migrations_are_taken_back_the_older_one_first(self):
        """What it made stays for the sake of the other, and goes with the last of it."""
        before, rows = get_digest(self.env), self.take_rows()
        self.migrate()
        older = self.job
        newer = older.create(
            {"name": "Again", "source": "fake", "predecessor_id": older.id}
        )
        self.patch(type(self), "job", newer)
        self.migrate()
        for job in (older, newer, older):
            self.patch(type(self), "job", job)
            self.assertEqual(self.run_kind("rollback").state, "done")
        self.assert_as_before(before, rows)

    def test_what_a_delta_filled_in_goes_as_well(self):
        before, rows = get_digest(self.env), self.take_rows()
        self.migrate()
        for row in FakeSource.data["companies"]:
            row["street"] = f"Kajen {row['id']}"
        self.go("extract")
        self.go("load")
        self.go("rollback")
        self.assert_as_before(before, rows)

    def test_a_person_s_choice_for_a_value_outlives_the_rollback(self):
        self.migrate()
        value = self.job.value_map_ids.filtered(lambda v: v.list == "reasons")
        value.write(
            {"target_ref": f"crm.lost.reason,{self.reason.id}", "decision": "map"}
        )
        self.go("rollback")
        self.assertTrue(self.reason.exists())
        self.assertFalse(
            self.env["crm.lost.reason"].search([("name", "=", "Too dear")])
        )
