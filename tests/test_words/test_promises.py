"""A sentence that says where a value is kept is true, whatever became of the record."""

from odoo import api
from odoo.tests import tagged

from ...models.loading.batch import Refused
from ...models.words.messages import get_heading
from ..loader_common import LoaderCase

LONG = "Wörtherseestraße " * 400


@tagged("post_install", "-at_install")
class TestPromises(LoaderCase):
    def setUp(self):
        super().setUp()
        twins = {key: {"name": "Twin", "is_company": True} for key in ("7", "8")}
        payload = {key: {"id": key, "name": "Twin"} for key in twins}
        self.load("firms", "res.partner", twins, payload=payload)
        shared = {"vat": "123", "industry_id": self.ref("trades", "1")}
        self.load("trades", "res.partner.industry", {"1": {"name": "Rail"}, "2": {"name": "Oil"}})  # fmt: skip
        firm = {"name": "Firm", "is_company": True, **shared}
        self.load("companies", "res.partner", {"1": firm})
        self.load("others", "crm.lead", {"1": {"name": "Not a person"}})
        francs = self.env.ref("base.CHF")
        francs.active = True
        francs.rate_ids.unlink()
        self._refuse_functions()

    def _refuse_functions(self):
        partner = self.registry["res.partner"]
        create = partner.create

        def refuse(partners, vals_list):
            if any(vals.get("function") == "Refused" for vals in vals_list):
                raise ValueError("Not with that function.")
            return create(partners, vals_list)

        def check(partners, country, vat, partner_name="", validation="error"):
            return ("", "PT") if vat == "PT9" else (vat, "PT")

        self.patch(partner, "create", api.model_create_multi(refuse))
        if hasattr(partner, "_run_vat_checks"):
            self.patch(partner, "_run_vat_checks", check)
        else:
            partner._run_vat_checks = check
            self.addCleanup(delattr, partner, "_run_vat_checks")

    def cases(self):
        """Return code → (model, values, what must stand where the sentence says)."""
        firm, twin = self.ref("companies", "1"), self.ref("firms", "Twin", "name")
        gone = self.ref("firms", "Gone Ltd", "name")
        michigan = {"$map": ["states", "MI"]}
        usa = self.env.ref("base.us")
        state = usa.state_ids.filtered(lambda each: each.code == "MI")
        self.decide("states", "MI", state)
        self.decide("countries", "Italy", self.env.ref("base.it"))
        francs = self.decide("@currencies", "Franken", self.env.ref("base.CHF"))
        vat = {"parent_id": firm, "vat": "456"}
        trade = {"parent_id": firm, "industry_id": self.ref("trades", "2")}
        state = {"state_id": michigan, "country_id": {"$map": ["countries", "Italy"]}}
        unknown = {"@currency": {"$map": ["@currencies", "Taler"]}}
        guest = {"email": "guest@x.example", "name": "Guest"}
        amount = {"expected_revenue": 1234.5}
        moved = {"date_last_stage_update": "soon", "@created_at": "2019-03-04 05:06:07"}
        person, deal = "res.partner", "crm.lead"
        return {
            "reference_unclear": (deal, {"partner_id": twin}, "Twin"),
            "further_unclear": (deal, {"partner_id": [firm, twin]}, "Twin"),
            "further_missing": (deal, {"partner_id": [firm, gone]}, "Gone Ltd"),
            "wrong_model": (
                *(deal, {"partner_id": self.ref("others", "1")}),
                "Not a person",
            ),
            "value_undecided": (
                *(deal, {"source_id": {"$map": ["sources", "Fair"]}}),
                "Fair",
            ),
            "value_left_out": (deal, {"date_deadline": "Ostern"}, "Ostern"),
            "value_replaced": (deal, moved, "soon"),
            "value_refused": (person, {"function": "Refused"}, "Refused"),
            "no_such_field": (person, {"x_gone": "Lost value"}, "Lost value"),
            "value_of_company": (person, trade, "Oil"),
            "vat_of_company": (person, vat, "456"),
            "bad_vat": (person, {"vat": "PT9"}, "PT9"),
            "nobodys_website": (
                *(person, {"website": "https://www.linkedin.com/"}),
                "linkedin",
            ),
            "state_elsewhere": (person, state, "Michigan"),
            "no_rate": (deal, {**amount, "@currency": francs}, "1234.50"),
            "currency_unknown": (deal, {**amount, **unknown}, "1234.50"),
            "text_cut": (person, {"name": LONG}, LONG[-60:].strip()),
            "attendees_unknown": (
                "calendar.event",
                {"start": "2024-05-01 10:00:00", "@addresses": [guest]},
                "guest@x.example",
            ),
        }

    def kept_sentences(self):
        return self.env["crm.migration.message"]._get_kept()

    def load_case(self, code, model, values, suffix):
        """Load one; return (its message, the notes of the record, the record)."""
        stream = f"{code}_{suffix}"
        self.load(stream, model, {"1": {"name": code, **values}})
        messages = self.messages(code).filtered(lambda m: m.stream == stream)
        self.assertTrue(messages, f"{code} is told")
        staged = self.staged(stream, "1")
        record = self.env[model].browse(staged.res_id) if staged.state == "loaded" else None  # fmt: skip
        return messages[0], staged, record

    def test_every_promise_is_tried_here(self):
        self.assertEqual(set(self.cases()), set(self.kept_sentences()))

    def test_of_a_record_that_is_loaded_the_value_is_in_the_notes(self):
        kept = self.kept_sentences()
        for code, (model, values, wanted) in self.cases().items():
            with self.subTest(code=code):
                message, staged, record = self.load_case(code, model, values, "good")
                self.assertTrue(record, staged.message)
                self.assertIn(str(kept[code]), message.text)
                loader = self.env["crm.migration.target"]._for(model)
                field = loader._note_field(type("B", (), {"model": record})())
                self.assertIn(wanted, str(record[field]))

    def test_of_a_record_that_fails_nothing_is_promised(self):
        def refuse(loader, batch, item, creating=False):
            raise Refused("required", "name")

        cases = self.cases()
        self.patch(self.registry["crm.migration.target"], "_check_required", refuse)
        for code, (model, values, _wanted) in cases.items():
            if code in ("value_refused", "value_replaced"):
                continue  # Odoo is asked only for what is complete; nothing stands there
            with self.subTest(code=code):
                message, staged, _record = self.load_case(code, model, values, "bad")
                self.assertEqual(staged.state, "failed")
                for text in (message.text, staged.message):
                    self.assertNotIn("in the notes", text)
                    self.assertNotIn("in the description", text)
                    self.assertNotIn("in this message", text)

    def test_where_odoo_has_no_notes_the_message_has_the_value(self):
        cases = self.cases()
        for model in ("crm.migration.target", "crm.migration.target.calendar.event"):
            self.patch(self.registry[model], "_note_field", lambda loader, batch: None)
        for code, (model, values, wanted) in cases.items():
            if code in ("value_left_out", "value_replaced"):
                continue  # said by value_unplaced: below
            with self.subTest(code=code):
                message, staged, record = self.load_case(code, model, values, "none")
                self.assertTrue(record, staged.message)
                self.assertNotIn("in the notes", message.text)
                self.assertNotIn("in the description", message.text)
                self.assertIn("It stands in this message only.", message.text)
                told = f"{message.text} {message.value}"
                self.assertIn(wanted[:20] if code == "text_cut" else wanted, told)
        values = {"name": "A", "date_deadline": "Ostern"}
        self.load("unplaced", "crm.lead", {"1": values})
        self.assertIn("Ostern", self.messages("value_unplaced").text)

    def test_of_a_record_that_odoo_had_its_own_notes_stay(self):
        partner = self.env["res.partner"].create({"name": "Ours", "comment": "Ours"})
        values = {"name": "Ours", "x_gone": "Lost value"}
        self.load("merged", "res.partner", {"1": values}, decision="merge", merge_id=partner.id)  # fmt: skip
        message = self.messages("no_such_field")
        self.assertNotIn("Lost value", partner.comment)
        self.assertIn("It stands in this message only.", message.text)
        self.assertIn("Lost value", message.value)

    def test_notes_that_somebody_rewrote_hold_nothing_new(self):
        self.load("people", "res.partner", {"1": {"name": "A", "x_gone": "Old"}})
        partner = self.loaded("people", "1")
        self.work_on(partner, comment="<p>Rewritten</p>")
        rows = {"1": {"name": "A", "x_gone": "New value"}}
        row = {"watermark": self.map_row("people", "1").watermark}
        self.load("people", "res.partner", rows, **row)
        message = self.messages("no_such_field").sorted("id")[-1]
        self.assertNotIn("New value", partner.comment)
        self.assertIn("It stands in this message only.", message.text)

    def test_a_note_of_an_unclear_person_fails_and_says_so_only(self):
        """Nothing is kept in the notes of a note that is not there."""
        note = {"body": "<p>x</p>", "date": "2024-05-01 10:00:00"}
        note["@thread"] = [self.ref("firms", "Twin", "name")]
        self.load("notes", "mail.message", {"1": note})
        self.assertEqual(self.staged("notes", "1").state, "failed")
        text = self.messages("reference_unclear").text
        self.assertIn("Twin", text)
        self.assertNotIn("notes", text)

    def test_headings_promise_nothing(self):
        """They stand for all records of a code, those that failed included."""
        for code in self.kept_sentences():
            self.assertNotIn("in the notes", get_heading(self.env, code))
