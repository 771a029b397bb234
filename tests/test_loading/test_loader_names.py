"""Meetings, to-dos and deals without a subject: a name by what they are, and told."""

import re

from odoo.tests import tagged

from ..loader_common import LoaderCase

BLANKS = (None, "", "   ", "\u00a0\t\n", "\u200b\ufeff ")
"""What sources write where nobody entered a subject."""


@tagged("post_install", "-at_install")
class TestLoaderNames(LoaderCase):
    def setUp(self):
        super().setUp()
        self.load("deals", "crm.lead", {"1": {"name": "Deal"}})

    def said(self, stream):
        return self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("stream", "=", stream)]
        )

    def named(self, stream, model, values, field="name"):
        """Load one record for each kind of blank; return their names."""
        ids = [str(number) for number, _blank in enumerate(BLANKS)]
        rows = {
            key: {**values, **({} if blank is None else {field: blank})}
            for key, blank in zip(ids, BLANKS, strict=True)
        }
        counts = self.load(stream, model, rows)
        self.assertEqual(counts["created"], len(BLANKS), stream)
        self.assertEqual(self.verify(stream, model, ids), [])
        self.assertEqual(self.said(stream).mapped("code"), ["name_default"] * len(ids))
        return {self.loaded(stream, key)[field] for key in ids}

    def test_a_meeting(self):
        values = {"start": "2025-03-07 09:30:00", "stop": "2025-03-07 10:00:00"}
        self.assertEqual(self.named("meetings", "calendar.event", values), {"Meeting"})

    def test_a_to_do_and_a_call_are_called_what_odoo_calls_them(self):
        values = {"@thread": [self.ref("deals", "1")], "date_deadline": "2025-03-07"}
        names = self.named("todos", "mail.activity", values, "summary")
        self.assertEqual(names, {"To-Do"})
        call = self.env.ref("mail.mail_activity_data_call")
        values["activity_type_id"] = self.decide("types", "call", call)
        names = self.named("calls", "mail.activity", values, "summary")
        self.assertEqual(names, {"Call"})

    def test_an_opportunity_is_called_after_whose_it_is(self):
        self.load("people", "res.partner", {"7": {"name": "Søren Ærø"}})
        customer = {"partner_id": self.ref("people", "7")}
        names = self.named("sold", "crm.lead", {**customer, "type": "opportunity"})
        self.assertEqual(names, {"Søren Ærø's opportunity"})
        names = self.named("named", "crm.lead", {"contact_name": "Bo", "type": "lead"})
        self.assertEqual(names, {"Bo"})
        names = self.named("nobody", "crm.lead", {"type": "opportunity"})
        self.assertEqual(names, {"Opportunity"})
        self.assertEqual(self.named("leads", "crm.lead", {"type": "lead"}), {"Lead"})

    def test_the_name_is_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["mail.activity.type"].browse(
            self.env.ref("mail.mail_activity_data_todo").id
        ).with_context(lang="fr_FR").summary = "À faire"
        self.company.partner_id.lang = "fr_FR"
        values = {"@thread": [self.ref("deals", "1")], "date_deadline": "2025-03-07"}
        self.load("todos", "mail.activity", {"1": values})
        self.assertEqual(self.loaded("todos", "1").summary, "À faire")
        self.assertEqual(self.verify("todos", "mail.activity", ["1"]), [])

    def test_what_stands_in_the_notes_is_labeled_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.company.partner_id.lang = "fr_FR"
        fields = {
            "res.partner": ("vat", "website", "state_id", "company_name"),
            "crm.lead": ("expected_revenue", "date_deadline"),
        }
        for model, names in fields.items():
            for name in names:
                field = self.env["ir.model.fields"]._get(model, name)
                field.with_context(lang="fr_FR").field_description = f"Son {name}"
        self.load(
            "firms", "res.partner", {"7": {"name": "Firma", "vat": "PT501442600"}}
        )
        michigan = self.env.ref("base.state_us_23")
        values = {
            "vat": "PT999999990",
            "website": "https://www.linkedin.com/",
            "state_id": self.decide("states", "m", michigan),
            "country_id": self.decide("countries", "i", self.env.ref("base.it")),
            "company_name": "Padaria Velha",
            "parent_id": self.ref("firms", "7"),
        }
        self.load("people", "res.partner", {"1": {"name": "Ana", **values}})
        amounts = {
            "expected_revenue": 10,
            "@currency": self.decide("@currencies", "T", None),
            "date_deadline": "Ostern",
        }
        self.load("deals", "crm.lead", {"1": {"name": "Vertrag", **amounts}})
        notes = self.loaded("people", "1").comment
        notes += self.loaded("deals", "1").description
        labels = re.findall(r"<b>([^<]+)</b>", notes)
        self.assertEqual(
            sorted(labels),
            sorted(f"Son {name}" for each in fields.values() for name in each),
        )
        self.assertEqual(self.verify("people", "res.partner", ["1"]), [])
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])

    def test_what_was_named_since_in_the_source_takes_that_name(self):
        values = {"start": "2025-03-07 09:30:00", "stop": "2025-03-07 10:00:00"}
        self.load("meetings", "calendar.event", {"1": values})
        self.load("meetings", "calendar.event", {"1": {**values, "name": "Jour fixe"}})
        self.assertEqual(self.loaded("meetings", "1").name, "Jour fixe")

    def test_a_tag_or_a_person_without_a_name_gets_none(self):
        for model in ("crm.tag", "res.partner", "crm.stage", "crm.team"):
            loader = self.env["crm.migration.target"]._for(model)
            self.assertFalse(loader._get_named_field(self.env[model]), model)

    def test_a_required_name_does_not_cost_the_record_before_it_is_loaded(self):
        mapping = self.mapping("meetings", "calendar.event")
        self.env["crm.migration.mapping.line"].create(
            [
                {
                    "mapping_id": mapping.id,
                    "source": name,
                    "source_paths": name,
                    "target": name,
                    "required": True,
                    "state": "accepted",
                }
                for name in ("name", "start")
            ]
        )
        fields = self.env["crm.migration.phase.transform"]._get_fields(mapping)
        self.assertEqual(
            {field["target"]: field["required"] for field in fields},
            {"name": False, "start": True},
        )
