"""What of a contact Odoo refuses: a value, a record, for good or for now."""

from collections import Counter
from unittest.mock import patch

import psycopg2

from odoo import api
from odoo.tests import tagged

from .partner_common import PartnerCase


@tagged("post_install", "-at_install")
class TestPartnerRefused(PartnerCase):
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

    def test_what_was_the_reason_for_one_is_tried_first_for_the_next(self):
        trials, work = [], type(self.env["crm.migration.target.res.partner"])
        take = work._is_taken_now

        def counting(target, batch, item, how):
            trials.append(item.row["source_id"])
            return take(target, batch, item, how)

        rows = {
            str(n): {
                "name": f"Zoë {n}",
                "email": f"z{n}@x.example",
                "city": "Oś",
                "phone": f"+48 22 000 00 0{n}",
                # Refused for all but the first, whoever that is.
                "barcode": "4006381333931",
            }
            for n in range(1, 5)
        }
        with patch.object(work, "_is_taken_now", counting):
            self.load("contacts", "res.partner", rows)
        people = [self.loaded("contacts", str(n)) for n in range(1, 5)]
        self.assertEqual([p.barcode for p in people].count("4006381333931"), 1)
        self.assertEqual([p.city for p in people], ["Oś"] * 4)
        first, *others = sorted(Counter(trials).values(), reverse=True)
        self.assertGreater(first, 3)
        self.assertEqual(others, [1, 1])
