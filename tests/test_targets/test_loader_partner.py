"""Companies and contacts: addresses, parents, dates, custom fields."""

from datetime import datetime

from odoo.tests import tagged

from .partner_common import ADDRESS, PartnerCase


@tagged("post_install", "-at_install")
class TestLoaderPartner(PartnerCase):
    def test_a_contact_keeps_its_address_and_the_company_its_own(self):
        company = self._load_company()
        before = self.table_digest("res_partner")
        self.load(
            "contacts",
            "res.partner",
            {
                "1": {
                    "name": "Zoë O’Connor",
                    "parent_id": self.ref("companies", "1"),
                    "street": "Œuvre 1",
                    "city": "Genève",
                },
                "2": {"name": "李小龍", "parent_id": self.ref("companies", "1")},
            },
        )
        zoe, lee = self.loaded("contacts", "1"), self.loaded("contacts", "2")
        self.assertEqual((zoe.street, zoe.city, zoe.zip), ("Œuvre 1", "Genève", False))
        self.assertEqual((lee.street, lee.parent_id), (False, company))
        self.assertEqual(company.street, ADDRESS["street"])
        after = self.table_digest("res_partner", without=(zoe | lee).ids)
        self.assertEqual(after, before, "no other contact changed in any column")

    def test_a_company_without_address_does_not_get_its_first_contacts(self):
        self.load(
            "companies", "res.partner", {"1": {"name": "No Place", "is_company": True}}
        )
        self.load(
            "contacts",
            "res.partner",
            {"1": {"name": "Ana", "parent_id": self.ref("companies", "1"), **ADDRESS}},
        )
        self.assertFalse(self.loaded("companies", "1").street)

    def test_an_update_of_one_contact_changes_neither_company_nor_siblings(self):
        company = self._load_company()
        rows = {
            "1": {"name": "Ana", "parent_id": self.ref("companies", "1"), **ADDRESS},
            "2": {"name": "Rui", "parent_id": self.ref("companies", "1"), **ADDRESS},
        }
        self.load("contacts", "res.partner", rows)
        ana = self.loaded("contacts", "1")
        before = self.table_digest("res_partner", without=ana.ids)
        rows = {"1": {**rows["1"], "street": "Nova Morada 2", "city": "Porto"}}
        self.assertEqual(self.load("contacts", "res.partner", rows), {"updated": 1})
        self.assertEqual((ana.street, ana.city), ("Nova Morada 2", "Porto"))
        self.assertEqual(self.table_digest("res_partner", without=ana.ids), before)
        self.assertEqual(company.city, "Lisboa")

    def test_a_subsidiary_keeps_its_address_and_tax_number(self):
        self._load_company(vat="PT501442600")
        self.load(
            "companies",
            "res.partner",
            {
                "2": {
                    "name": "Filial Norte",
                    "is_company": True,
                    "parent_id": self.ref("companies", "1"),
                    "city": "Braga",
                    "vat": "PT999999990",
                }
            },
        )
        branch = self.loaded("companies", "2")
        self.assertEqual((branch.city, branch.vat), ("Braga", "PT999999990"))
        self.assertEqual(branch.commercial_partner_id, branch)
        self.assertEqual(self.loaded("companies", "1").vat, "PT501442600")

    def test_a_number_with_a_word_or_another_number_stays_as_it_was_written(self):
        """Libraries dial words: +49 40 1234567329 is "Fax", and somebody's number."""
        germany = self.env.ref("base.de").id
        numbers = {
            "1": "040 1234567 Fax",
            "2": "030 123456 mobil",
            "3": "089 12345 / 089 12346",
            "4": "030 123456 od. 123457",
        }
        rows = {
            key: {"name": f"Büro {key}", "phone": number, "country_id": germany}
            for key, number in numbers.items()
        }
        self.load("contacts", "res.partner", rows)
        found = {key: self.loaded("contacts", key).phone for key in numbers}
        self.assertEqual(found, numbers)
        self.assertEqual(self.verify("contacts", "res.partner", [*numbers]), [])

    def test_every_column_is_what_create_would_have_written(self):
        company = self._load_company(vat="PT501442600")
        company.industry_id = self.env["res.partner.industry"].create({"name": "Pão"})
        by_orm = self.env["res.partner"].create(
            {
                "name": "Ana Brânquinho",
                "parent_id": company.id,
                "email": "Ana <ana@example.test>",
                "phone": self.phone("213218000"),
                **ADDRESS,
            }
        )
        self.load(
            "contacts",
            "res.partner",
            {
                "1": {
                    "name": "Ana Brânquinho",
                    "parent_id": self.ref("companies", "1"),
                    "email": "Ana <ana@example.test>",
                    "phone": "213218000",
                    **ADDRESS,
                }
            },
        )
        ours = self.loaded("contacts", "1")
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(p) FROM res_partner p WHERE id IN %s ORDER BY id",
            [(by_orm.id, ours.id)],
        )
        rows = [row for (row,) in self.env.cr.fetchall()]
        for row in rows:
            for name in ("id", "create_date", "write_date", "create_uid", "write_uid"):
                row.pop(name)
            row.pop("calendar_last_notif_ack", None)  # the second it was made in
        self.assertEqual(rows[1], rows[0])

    def test_dates_and_authors_are_those_of_the_source(self):
        self.load(
            "companies",
            "res.partner",
            {
                "1": {
                    "name": "Old",
                    "@created_at": "2011-02-03 04:05:06",
                    "@updated_at": "2019-08-07 06:05:04",
                    "@created_by": {"$owner": "anna"},
                }
            },
        )
        old = self.loaded("companies", "1")
        self.assertEqual(old.create_date, datetime(2011, 2, 3, 4, 5, 6))
        self.assertEqual(old.write_date, datetime(2019, 8, 7, 6, 5, 4))
        self.assertEqual((old.create_uid, old.write_uid), (self.anna, self.anna))
        self.assertEqual(self.map_row("companies", "1").watermark, old.write_date)

    def test_parents_come_before_children_in_any_order(self):
        rows = {
            "3": {
                "name": "Enkel",
                "is_company": True,
                "parent_id": self.ref("companies", "2"),
            },
            "2": {
                "name": "Tochter",
                "is_company": True,
                "parent_id": self.ref("companies", "1"),
            },
            "1": {"name": "Mutter", "is_company": True},
        }
        self.assertEqual(self.load("companies", "res.partner", rows), {"created": 3})
        self.assertEqual(
            self.loaded("companies", "3").parent_id.parent_id,
            self.loaded("companies", "1"),
        )

    def test_a_parent_that_comes_in_a_later_batch_is_linked_afterwards(self):
        self.stage(
            "companies",
            "res.partner",
            {"9": {"name": "Späte GmbH", "is_company": True, "vat": "PT501442600"}},
        )
        self.load(
            "contacts",
            "res.partner",
            {
                "1": {
                    "name": "Früh",
                    "parent_id": self.ref("companies", "9"),
                    "@created_at": "2015-01-01 00:00:00",
                    "@updated_at": "2016-01-01 00:00:00",
                }
            },
        )
        early = self.loaded("contacts", "1")
        self.assertFalse(early.parent_id)
        self.assertFalse(self.messages("reference_missing"))
        self.load(
            "companies",
            "res.partner",
            {"9": {"name": "Späte GmbH", "is_company": True, "vat": "PT501442600"}},
        )
        maps = self.map_row("contacts", "1")
        self.env["crm.migration.target"]._for("res.partner")._link(self.load_run, maps)
        self.env.invalidate_all()
        self.assertEqual(early.parent_id, self.loaded("companies", "9"))
        self.assertEqual(early.commercial_partner_id, early.parent_id)
        self.assertEqual(early.vat, "PT501442600")
        self.assertEqual(early.write_date, datetime(2016, 1, 1))
        self.assertFalse(maps.deferred)

    def test_a_company_named_by_its_name_is_found_in_any_case(self):
        self.load(
            "companies",
            "res.partner",
            {"7": {"name": "ÉTUDE & Cie", "is_company": True}},
            payload={"7": {"id": "7", "name": "ÉTUDE & Cie"}},
        )
        self.load(
            "contacts",
            "res.partner",
            {
                "1": {
                    "name": "Luc",
                    "parent_id": self.ref("companies", "étude & cie", "name"),
                }
            },
        )
        self.assertEqual(
            self.loaded("contacts", "1").parent_id, self.loaded("companies", "7")
        )

    def test_a_missing_company_costs_a_message_and_not_the_contact(self):
        self.load(
            "contacts",
            "res.partner",
            {"1": {"name": "Alone", "parent_id": self.ref("companies", "404")}},
        )
        self.assertFalse(self.loaded("contacts", "1").parent_id)
        message = self.messages("reference_missing")
        self.assertIn("404", message.text)
        self.assertEqual(self.staged("contacts", "1").state, "loaded")

    def test_custom_fields_are_filled_through_their_lines(self):
        self.env["ir.model.fields"].create(
            {
                "name": "x_crm_migration_size",
                "field_description": "Size",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "ttype": "integer",
                "state": "manual",
            }
        )
        mapping = self.mapping("companies", "res.partner")
        self.env["crm.migration.mapping.line"].create(
            {
                "mapping_id": mapping.id,
                "target": "@custom.size",
                "custom_field": "x_crm_migration_size",
                "state": "accepted",
            }
        )
        self.load("companies", "res.partner", {"1": {"name": "S", "@custom.size": 42}})
        self.assertEqual(self.loaded("companies", "1").x_crm_migration_size, 42)

    def test_a_batch_costs_next_to_no_query_per_record(self):
        self._load_company()
        rows = {
            str(n): {
                "name": f"P{n}",
                "email": f"p{n}@example.test",
                "phone": "213218000",
                "parent_id": self.ref("companies", "1"),
                "user_id": {"$owner": "anna"},
                "@created_at": "2012-12-12 12:12:12",
                **ADDRESS,
            }
            for n in range(300)
        }
        self.stage("contacts", "res.partner", rows)
        staged = self.rows("contacts", rows)
        loader = self.env["crm.migration.target"]._for("res.partner")
        count = self.env.cr.sql_log_count
        loader._load(self.load_run, self.mapping("contacts", "res.partner"), staged)
        self.assertLess((self.env.cr.sql_log_count - count) / 300, 0.25)
