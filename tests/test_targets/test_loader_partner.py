"""Contacts: addresses of their own, hierarchies, dates, and nobody else touched."""

from datetime import datetime

import psycopg2

from odoo import api
from odoo.tests import tagged

from ..loader_common import LoaderCase

ADDRESS = {
    "street": "Rua do Século 79",
    "zip": "1200-433",
    "city": "Lisboa",
}


@tagged("post_install", "-at_install")
class TestLoaderPartner(LoaderCase):
    def _load_company(self, **more):
        values = {
            "name": "Padaria São João, Lda.",
            "is_company": True,
            **ADDRESS,
            **more,
        }
        self.load("companies", "res.partner", {"1": values})
        return self.loaded("companies", "1")

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

    def test_one_bad_record_costs_one_record(self):
        rows = {str(n): {"name": f"Nº {n} 🍞"} for n in range(60)}
        rows["7"] = {"name": "x" * 4000}
        rows["20"] = {"name": "No choice", "type": "gibberish"}
        rows["33"] = {"email": ""}
        rows["41"] = {"name": "Number", "partner_latitude": "far north"}
        counter = self.load("companies", "res.partner", rows)
        self.assertEqual(counter, {"created": 59, "failed": 1})
        for source_id, label, problem in (
            ("7", "Name", "text_cut"),
            ("20", "Address Type", "value_left_out"),
            ("41", "Geo Latitude", "value_left_out"),
        ):
            staged = self.staged("companies", source_id)
            self.assertEqual((staged.state, staged.problem), ("loaded", problem))
            self.assertIn(label, staged.message)
            self.assertIn(label, self.loaded("companies", source_id).comment)
        cut = self.loaded("companies", "7")
        self.assertEqual((len(cut.name), cut.name[:9]), (2598, "xxxxxxxxx"))
        self.assertIn("x" * 4000, cut.comment)
        self.assertEqual(self.staged("companies", "33").problem, "required")

    def test_what_only_the_database_refuses_is_found_by_dividing(self):
        self.env.cr.execute(
            "ALTER TABLE res_partner ADD CONSTRAINT crm_migration_test"
            " CHECK (name NOT LIKE 'poison%')"
        )
        rows = {
            str(n): {"name": f"{'poison' if n % 9 == 0 else 'C'} {n}", "ref": "ok"}
            for n in range(100)
        }
        savepoints = []
        origin = type(self.env.cr).savepoint

        def counting(cursor, flush=True):
            savepoints.append(1)
            return origin(cursor, flush)

        self.patch(type(self.env.cr), "savepoint", counting)
        counter = self.load("companies", "res.partner", rows)
        self.assertEqual(counter, {"created": 88, "failed": 12})
        self.assertEqual(self.staged("companies", "9").state, "failed")
        self.assertLess(len(savepoints), 260)

    def test_a_conflict_is_not_taken_for_a_bad_record(self):
        def conflict(loader, batch, items):
            raise psycopg2.errors.SerializationFailure("could not serialize access")

        loader = self.env["crm.migration.target.res.partner"]
        self.patch(type(loader), "_create_records", conflict)
        with self.assertRaises(psycopg2.errors.SerializationFailure):
            self.load("companies", "res.partner", {"1": {"name": "A"}})

    def test_loading_again_creates_nothing(self):
        rows = {"1": {"name": "Once"}, "2": {"name": "Twice"}}
        self.load("companies", "res.partner", rows)
        before = self.counts(
            "res_partner", "crm_migration_id_map", "crm_migration_journal"
        )
        self.assertEqual(self.load("companies", "res.partner", rows), {"unchanged": 2})
        self.assertEqual(
            self.counts("res_partner", "crm_migration_id_map", "crm_migration_journal"),
            before,
        )

    def test_what_a_person_changed_since_is_not_overwritten(self):
        rows = {"1": {"name": "Firma", "phone": "213218000", "city": "Porto"}}
        self.load("companies", "res.partner", rows)
        firm = self.loaded("companies", "1")
        firm.write({"name": "Firma AG", "city": "Faro"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = write_date + interval '1 hour' WHERE id = %s",
            [firm.id],
        )
        self.env.invalidate_all()
        rows = {"1": {"name": "Firma", "phone": "213218999", "city": "Lagos"}}
        self.assertEqual(self.load("companies", "res.partner", rows), {"updated": 1})
        self.assertEqual(firm.name, "Firma AG", "the source did not change it")
        self.assertEqual(
            firm.phone, self.phone("213218999"), "only the source changed it"
        )
        self.assertEqual(firm.city, "Faro", "both changed it")
        self.assertEqual(self.messages("changed_by_both").field, "city")

    def test_a_merge_fills_what_is_empty_and_a_rollback_takes_it_back(self):
        there = self.env["res.partner"].create(
            {"name": "Schon da", "city": "Wien", "email": "da@example.test"}
        )
        values = {
            "name": "Other name",
            "email": "new@example.test",
            "function": "Köchin",
            "street": "Ring 1",
        }
        counter = self.load(
            "contacts",
            "res.partner",
            {"1": values},
            decision="merge",
            merge_id=there.id,
        )
        self.assertEqual(counter, {"merged": 1})
        self.assertEqual(
            (there.name, there.email, there.function, there.street, there.city),
            ("Schon da", "da@example.test", "Köchin", False, "Wien"),
        )
        journal = self.env["crm.migration.journal"].search([("res_id", "=", there.id)])
        self.assertEqual(journal.before, {"function": False})
        self.assertEqual(self.unload("contacts"), {"restored": 1})
        self.assertFalse(there.function)

    def test_a_number_that_odoo_refuses_goes_to_the_notes(self):
        def refuse(partners, country, vat, partner_name="", validation="error"):
            return ("", "PT") if vat == "PT123" else (vat, "PT")

        Partner = type(self.env["res.partner"])
        if hasattr(Partner, "_run_vat_checks"):
            self.patch(Partner, "_run_vat_checks", refuse)
        else:
            self._patch_new(Partner, "_run_vat_checks", refuse)
        self.load("companies", "res.partner", {"1": {"name": "V", "vat": "PT123"}})
        company = self.loaded("companies", "1")
        self.assertFalse(company.vat)
        self.assertIn("PT123", company.comment)
        self.assertTrue(self.messages("bad_vat"))

    def _patch_new(self, owner, name, value):
        setattr(owner, name, value)
        self.addCleanup(delattr, owner, name)

    def test_notes_hold_what_has_no_field(self):
        self.load(
            "companies",
            "res.partner",
            {
                "1": {
                    "name": "N",
                    "comment": "<p>own</p>",
                    "@note": "<p>besides</p>",
                    "fax_of_1998": "21 000",
                    "@leftovers": [["E-mail", "no <mail> at all"]],
                }
            },
        )
        comment = self.loaded("companies", "1").comment
        for text in ("own", "besides", "21 000", "no &lt;mail&gt; at all"):
            self.assertIn(text, comment)
        self.assertTrue(self.messages("no_such_field"))

    def test_verification_sees_one_changed_letter_and_nothing_else(self):
        rows = {
            "1": {
                "name": "Façade 🏛️",
                "comment": "<p>x</p><script>alert(1)</script>",
                "phone": "213218000",
                "@created_at": "2012-12-12 12:12:12",
                "category_id": [
                    self.decide(
                        "tags",
                        "A",
                        self.env["res.partner.category"].create({"name": "A"}),
                    )
                ],
            },
            "2": {"name": "B"},
        }
        self.load("companies", "res.partner", rows)
        self.assertEqual(self.verify("companies", "res.partner", rows), [])
        self.loaded("companies", "1").name = "Facade 🏛️"
        (difference,) = self.verify("companies", "res.partner", rows)
        self.assertEqual(
            (difference["field"], difference["expected"], difference["found"]),
            ("name", "Façade 🏛️", "Facade 🏛️"),
        )

    def test_a_rollback_keeps_what_people_worked_on(self):
        rows = {str(n): {"name": f"R{n}"} for n in range(4)}
        self.load("companies", "res.partner", rows)
        touched, used, talked = (self.loaded("companies", str(n)) for n in range(3))
        gone = self.loaded("companies", "3")
        touched.function = "edited"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = write_date + interval '1 hour' WHERE id = %s",
            [touched.id],
        )
        self.env["crm.lead"].create({"name": "New deal", "partner_id": used.id})
        talked.message_post(body="Called them")
        self.assertEqual(self.unload("companies"), {"deleted": 1, "kept": 3})
        self.assertTrue(all(p.exists() for p in (touched, used, talked)))
        self.assertFalse(gone.exists())
        self.assertEqual(self.staged("companies", "3").state, "ready")
        self.assertEqual(len(self.messages("kept_used")), 2)
        self.assertEqual(len(self.messages("kept_changed")), 1)

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

    def test_a_value_that_no_field_holds_costs_the_field_and_stands_in_the_notes(self):
        rows = {
            "nan": {"name": "A", "partner_latitude": "nan"},
            "inf": {"name": "B", "partner_latitude": "1e999"},
            "long": {"name": "C", "partner_latitude": 10**400},
            "choice": {"name": "D", "type": "gibberish"},
            "address": {"name": "E", "website": "http://[2001:db8"},
            "day": {"name": "F", "@created_at": "soon", "city": "Faro"},
            "fine": {"name": "G", "partner_latitude": "38.7"},
        }
        counter = self.load("companies", "res.partner", rows)
        self.assertEqual(counter, {"created": 7})
        for key, label, text in (
            ("nan", "Geo Latitude", "nan"),
            ("choice", "Address Type", "gibberish"),
            ("address", "Website Link", "http://[2001:db8"),
            ("day", "Creation date", "soon"),
        ):
            record = self.loaded("companies", key)
            self.assertIn(f"<b>{label}</b>: {text}", record.comment)
            problem = "value_refused" if key == "address" else "value_left_out"
            self.assertEqual(self.staged("companies", key).problem, problem)
            self.assertEqual(self.staged("companies", key).state, "loaded")
        self.assertEqual(self.loaded("companies", "choice").type, "contact")
        self.assertEqual(self.loaded("companies", "day").city, "Faro")
        self.assertFalse(self.loaded("companies", "fine").comment)
        self.assertEqual(self.verify("companies", "res.partner", list(rows)), [])

    def test_a_value_that_only_odoo_refuses_costs_the_field_too(self):
        """A rule of Odoo, and one of the database, among good records of one batch."""

        def refuse(partners, vals_list):
            if any("bad" in (vals.get("function") or "") for vals in vals_list):
                raise ValueError("Not with that function.")
            return create(partners, vals_list)

        partner = self.registry["res.partner"]
        create = partner.create
        self.patch(partner, "create", api.model_create_multi(refuse))
        self.env.cr.execute(
            "ALTER TABLE res_partner ADD CONSTRAINT crm_migration_no_harbour"
            " CHECK (city <> 'Harbour')"
        )
        rows = {str(n): {"name": f"Nº {n}", "function": "CEO"} for n in range(20)}
        rows["3"] = {"name": "Rule", "function": "bad one", "city": "Brno"}
        rows["8"] = {"name": "Check", "function": "CFO", "city": "Harbour"}
        rows["9"] = {"name": "Both", "function": "bad", "city": "Harbour", "zip": "1"}
        counter = self.load("people", "res.partner", rows)
        self.assertEqual(counter, {"created": 20})
        rule, check, both = (self.loaded("people", key) for key in "389")
        self.assertEqual((rule.function, rule.city), (False, "Brno"))
        self.assertIn("<b>Job Position</b>: bad one", rule.comment)
        self.assertIn("Not with that function.", self.staged("people", "3").message)
        self.assertEqual((check.function, check.city), ("CFO", False))
        self.assertEqual((both.function, both.city, both.zip), (False, False, "1"))
        self.assertEqual(self.loaded("people", "4").function, "CEO")
        self.assertEqual(self.verify("people", "res.partner", list(rows)), [])
        # Nothing has changed: nothing is tried, or lost, a second time.
        self.assertEqual(self.load("people", "res.partner", rows), {"unchanged": 20})
        rows["3"] |= {"function": "CTO", "city": "Praha"}
        rows["9"]["zip"] = "2"
        self.assertEqual(
            self.load("people", "res.partner", rows), {"unchanged": 18, "updated": 2}
        )
        self.assertEqual((rule.function, rule.city), ("CTO", "Praha"))
        self.assertEqual((both.function, both.zip), (False, "2"))

    def test_a_required_list_of_others_is_no_column(self):
        """Odoo marks such lists as required for its forms: nobody has to fill them."""
        field = self.env["res.partner"]._fields["child_ids"]
        self.patch(field, "required", True)
        self.assertEqual(field.type, "one2many")
        counter = self.load("companies", "res.partner", {"1": {"name": "Alone"}})
        self.assertEqual(counter, {"created": 1})

    def test_what_was_refused_late_names_no_record_that_is_gone(self):
        def refuse(loader, batch, items):
            if any(item.key[1] == "1" for item in items):
                raise ValueError("not that one")

        loader = self.env["crm.migration.target.res.partner"]
        self.patch(type(loader), "_after_create", refuse)
        rows = {"1": {"name": "A"}, "2": {"name": "B"}}
        counter = self.load("companies", "res.partner", rows)
        self.assertEqual(counter, {"created": 1, "failed": 1})
        self.assertFalse(self.staged("companies", "1").res_id)

    def test_verification_compares_numbers_as_finely_as_they_are_kept(self):
        rows = {"1": {"name": "A", "partner_latitude": 38.7223341}}
        self.load("companies", "res.partner", rows)
        self.assertEqual(self.verify("companies", "res.partner", ["1"]), [])
        self.loaded("companies", "1").partner_latitude = 38.7201
        (difference,) = self.verify("companies", "res.partner", ["1"])
        self.assertEqual(difference["field"], "partner_latitude")

    # -- matching ---------------------------------------------------------------

    def match(self, job=None):
        job = job or self.job
        run = job.run_ids.create({"job_id": job.id, "kind": "transform"})
        run._enter("match")
        while not run._work():
            pass
        self.env.invalidate_all()
        return self.env["crm.migration.duplicate"].search([("job_id", "=", job.id)])

    def test_matching_takes_any_spelling_of_an_address_and_of_yes(self):
        there = self.env["res.partner"].create(
            {"name": "Ana", "email": '"Ana B." <Ana@Example.test>'}
        )
        self.stage(
            "people",
            "res.partner",
            {
                "1": {"name": "?", "email": "Ana Brito <ana@example.TEST>"},
                "2": {"name": "Firma", "is_company": "Firma"},
            },
        )
        found = self.match()
        self.assertEqual((found.res_id, found.score), (there.id, 85))

    def test_companies_are_matched_by_their_tax_number(self):
        there = self.env["res.partner"].create(
            {"name": "Pão SA", "is_company": True, "vat": "PT501442600"}
        )
        rows = {
            "1": {"name": "Pao", "company_type": "company", "vat": "PT 501 442 600"},
            "2": {"name": "Pão, SA", "is_company": True, "vat": "pt501442600"},
            "3": {"name": "Ana", "vat": "PT501442600"},
        }
        self.stage("firms", "res.partner", rows)
        found = self.match().filtered(lambda d: d.kind == "odoo")
        self.assertEqual(set(found.mapped("res_id")), {there.id})
        self.assertEqual(sorted(found.mapped("score")), [97, 100])

    def test_two_migrations_may_match_at_the_same_time(self):
        other = self.job.copy({"name": "Another"})
        self.stage("people", "res.partner", {"1": {"name": "A", "email": "a@x.test"}})
        phase = self.env["crm.migration.phase.match"]
        runs = {}
        for job in (other, self.job):
            runs[job] = job.run_ids.create({"job_id": job.id, "kind": "transform"})
            runs[job]._enter("match")
            phase._clear(runs[job], 0)
        for run in runs.values():
            phase._collect_source(run, 0)
        phase._match_source(runs[other], 0)
        self.env["res.partner"].create({"name": "A", "email": "a@x.test"})
        phase._collect_odoo(runs[other], 0)
        phase._match_odoo(runs[other], 0)
        duplicates = self.env["crm.migration.duplicate"]
        self.assertFalse(duplicates.search([("job_id", "=", other.id)]))
