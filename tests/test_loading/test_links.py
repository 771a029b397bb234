"""Links by name: one, several, none of the name; places; people and lists."""

from odoo.tests import tagged

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestNames(LoaderCase):
    """One name, several people."""

    def setUp(self):
        super().setUp()
        self.load(
            "contacts",
            "res.partner",
            {
                "1": {"name": "Vera Example"},
                "2": {"name": "Vera Example"},
                "3": {"name": "Otto Example"},
            },
            payload={
                "1": {"name": "Vera Example", "company": "Alpha", "city": "Faro"},
                "2": {"name": "Vera Example", "company": "Beta", "city": "Faro"},
                "3": {"name": "Otto Example", "company": "Alpha"},
            },
        )

    def load_deal(self, name, **hints):
        reference = self.ref("contacts", name, "name", *[hints] * bool(hints))
        self.load(
            "deals", "crm.lead", {"7": {"name": "Saddles", "partner_id": reference}}
        )
        return self.loaded("deals", "7")

    def test_the_one_whose_company_agrees_is_meant(self):
        deal = self.load_deal("vera example ", company="BETA ", city="Faro")
        self.assertEqual(deal.partner_id, self.loaded("contacts", "2"))
        self.assertFalse(self.messages())

    def test_without_a_hint_nobody_is_taken_and_both_are_named(self):
        deal = self.load_deal("Vera Example")
        self.assertFalse(deal.partner_id)
        self.assertIn("Vera Example", deal.description)
        [message] = self.messages("reference_unclear")
        self.assertIn("2 records have this name", message.text)
        self.assertIn("Vera Example (Faro, Alpha, 1)", message.text)
        self.assertIn("Vera Example (Faro, Beta, 2)", message.text)
        self.assertFalse(self.verify("deals", "crm.lead", ["7"]))

    def test_a_hint_that_both_agree_with_tells_nothing(self):
        self.assertFalse(self.load_deal("Vera Example", city="Faro").partner_id)
        self.assertIn("Faro", self.messages("reference_unclear").text)

    def test_a_hint_that_nobody_agrees_with_tells_nothing(self):
        self.assertFalse(self.load_deal("Vera Example", company="Gamma").partner_id)

    def test_who_has_no_company_agrees_with_none(self):
        self.staged("contacts", "2").payload = {"name": "Vera Example", "company": None}
        deal = self.load_deal("Vera Example", company="")
        self.assertEqual(deal.partner_id, self.loaded("contacts", "2"))

    def test_the_only_one_of_a_name_needs_no_hint(self):
        deal = self.load_deal("Otto Example", company="Gamma")
        self.assertEqual(deal.partner_id, self.loaded("contacts", "3"))

    def test_any_of_several_hints_may_be_the_one(self):
        deal = self.load_deal("Vera Example", company=["Gamma", "Alpha"])
        self.assertEqual(deal.partner_id, self.loaded("contacts", "1"))

    def test_records_that_became_one_are_one(self):
        one = self.loaded("contacts", "1")
        self.map_row("contacts", "2").sudo().res_id = one.id
        self.assertEqual(self.load_deal("Vera Example").partner_id, one)

    def test_records_that_are_decided_to_become_one_are_one(self):
        people = {"8": {"name": "Ann"}, "9": {"name": "Ann"}}
        self.stage(
            "people",
            "res.partner",
            people,
            payload={key: {"name": "Ann"} for key in people},
        )
        self.env["crm.migration.duplicate"].create(
            {
                "job_id": self.job.id,
                "record_id": self.staged("people", "9").id,
                "other_record_id": self.staged("people", "8").id,
                "kind": "source",
                "decision": "merge",
            }
        )
        reference = self.ref("people", "Ann", "name")
        self.load("deals", "crm.lead", {"8": {"name": "Bits", "partner_id": reference}})
        self.assertFalse(self.messages("reference_unclear"))
        self.assertTrue(self.map_row("deals", "8").deferred, "it waits for the person")

    def test_a_record_that_is_left_out_is_nobody(self):
        self.staged("contacts", "1").sudo().state = "skipped"
        deal = self.load_deal("Vera Example")
        self.assertEqual(deal.partner_id, self.loaded("contacts", "2"))

    def test_a_note_about_one_of_several_waits_for_a_decision(self):
        thread = [self.ref("contacts", "Vera Example", "name")]
        rows = {"5": {"body": "Wants a visit", "@thread": thread}}
        counter = self.load("notes", "mail.message", rows)
        self.assertEqual(counter, {"failed": 1})
        text = self.staged("notes", "5").message
        self.assertIn("have this name", text)
        self.assertFalse(
            self.env["mail.message"].search([("body", "ilike", "Wants a visit")])
        )

    def test_a_name_that_led_nowhere_is_kept_under_words_that_people_read(self):
        thread = [
            self.ref("contacts", "Vera Example", "name"),
            self.ref("contacts", "3"),
        ]
        rows = {"5": {"body": "Wants a visit", "@thread": thread}}
        self.load("notes", "mail.message", rows)
        note = self.loaded("notes", "5")
        self.assertEqual(note.res_id, self.loaded("contacts", "3").id)
        self.assertIn("Vera Example", note.body)
        self.assertNotIn("thread", note.body)
        self.assertIn("The record it belongs to", note.body)

    def test_many_names_cost_one_query_more_however_many(self):
        def load(stream, count):
            rows = {
                str(n): {
                    "name": f"Deal {n}",
                    "partner_id": self.ref(
                        "contacts", "Vera Example", "name", {"company": "Beta", "n": n}
                    ),
                }
                for n in range(count)
            }
            self.stage(stream, "crm.lead", rows)
            mapping = self.mapping(stream, "crm.lead")
            given = self.rows(stream, rows)
            loader = self.env["crm.migration.target"]._for("crm.lead")
            before = self.env.cr.sql_log_count
            loader._load(self.load_run, mapping, given)
            return self.env.cr.sql_log_count - before

        load("warm", 5)
        self.assertLessEqual(load("many", 40) - load("few", 5), 2)


@tagged("post_install", "-at_install")
class TestPlaces(LoaderCase):
    """States by the country of the record."""

    def state(self, country, code):
        return self.env["res.country.state"].search(
            [("country_id.code", "=", country), ("code", "=", code)]
        )

    def test_a_state_never_changes_a_country(self):
        for stream, model in (("people", "res.partner"), ("leads", "crm.lead")):
            with self.subTest(model):
                us = self.decide("states", f"MI {stream}", self.state("US", "MI"))
                italy = self.decide(
                    "countries", f"IT {stream}", self.env.ref("base.it")
                )
                row = {"name": "Ann", "state_id": us, "country_id": italy}
                self.load(stream, model, {"1": row})
                found = self.loaded(stream, "1")
                self.assertEqual(found.country_id.code, "IT")
                self.assertFalse(found.state_id)
                self.assertIn(
                    "Michigan",
                    found.comment if stream == "people" else found.description,
                )
        self.assertEqual(len(self.messages("state_elsewhere")), 2)

    def test_a_state_that_was_chosen_brings_its_country_where_none_is_named(self):
        for stream, model in (("people", "res.partner"), ("leads", "crm.lead")):
            with self.subTest(model):
                milan = self.decide("states", f"MI {stream}", self.state("IT", "MI"))
                self.load(stream, model, {"1": {"name": "Ann", "state_id": milan}})
                self.assertEqual(self.loaded(stream, "1").country_id.code, "IT")

    def test_a_country_that_nobody_knows_is_not_filled_by_the_state(self):
        milan = self.decide("states", "MI", self.state("IT", "MI"))
        unknown = {"$map": ["countries", "Arcadia"]}
        row = {"name": "Ann", "state_id": milan, "country_id": unknown}
        self.load("people", "res.partner", {"1": row})
        self.assertFalse(self.loaded("people", "1").country_id)
        self.assertFalse(self.loaded("people", "1").state_id)


@tagged("post_install", "-at_install")
class TestPeopleAndLists(LoaderCase):
    """Addresses that several share, stages that nobody knows, entries that are archived."""

    def write_to(self, *addresses):
        rows = {
            "1": {
                "body": "Offer",
                "@subtype": "email",
                "@thread": [self.ref("firms", "1")],
                "@addresses": list(addresses),
            }
        }
        self.load("firms", "res.partner", {"1": {"name": "Alpha", "is_company": True}})
        self.load("mails", "mail.message", rows)
        return self.loaded("mails", "1")

    def create_partners(self, *names):
        return self.env["res.partner"].create(
            [{"name": name, "email": "info@alpha.example"} for name in names]
        )

    def test_of_contacts_with_one_address_the_name_says_which(self):
        _vera, otto = self.create_partners("Vera Example", "Otto Example")
        mail = self.write_to(
            {"role": "from", "email": "info@alpha.example", "name": "Otto Example"},
            {"role": "to", "email": "info@alpha.example", "name": "OTTO EXAMPLE"},
        )
        self.assertEqual(mail.author_id, otto)
        self.assertEqual(mail.partner_ids, otto)

    def test_where_the_name_does_not_say_it_is_nobody(self):
        self.create_partners("Vera Example", "Otto Example")
        mail = self.write_to(
            {"role": "from", "email": "info@alpha.example", "name": "Alpha Info"},
            {"role": "to", "email": "info@alpha.example"},
        )
        self.assertFalse(mail.author_id or mail.partner_ids)
        self.assertIn("info@alpha.example", mail.email_from)
        self.assertEqual(len(self.messages("address_shared")), 1)

    def test_an_attendee_whose_address_others_share_is_named_instead(self):
        self.create_partners("Vera Example", "Otto Example")
        row = {
            "name": "Visit",
            "start": "2024-05-01 10:00:00",
            "@addresses": [{"email": "info@alpha.example", "name": "Somebody"}],
        }
        self.load("meetings", "calendar.event", {"1": row})
        meeting = self.loaded("meetings", "1")
        self.assertFalse(meeting.partner_ids)
        self.assertIn("info@alpha.example", meeting.description)

    def test_a_deal_in_an_unknown_stage_says_where_it_stands(self):
        row = {"name": "Saddles", "stage_id": {"$map": ["stages", "Twilight"]}}
        self.load("deals", "crm.lead", {"1": row, "2": {"name": "Bits"}})
        [message] = self.messages("stage_assumed")
        self.assertEqual(message.source_id, "1")
        self.assertIn(self.loaded("deals", "1").stage_id.name, message.text)

    def test_an_entry_of_a_name_that_odoo_has_twice_is_no_guess(self):
        self.env["crm.lost.reason"].create([{"name": "Too slow"}, {"name": "Too Slow"}])
        counter = self.load("reasons", "crm.lost.reason", {"1": {"name": "too slow"}})
        self.assertEqual(counter, {"failed": 1})
        self.assertIn("2 entries", self.staged("reasons", "1").message)

    def test_an_archived_entry_is_not_used_as_if_it_were_active(self):
        for model in (
            "crm.lost.reason",
            "res.partner.category",
            "utm.medium",
            "crm.team",
        ):
            with self.subTest(model):
                old = self.env[model].create({"name": "Sleeper", "active": False})
                stream = model.replace(".", "_")
                rows = {"1": {"name": "sleeper"}, "2": {"name": "Sleeper"}}
                self.load(stream, model, rows)
                new = self.loaded(stream, "1")
                self.assertNotEqual(new, old)
                self.assertTrue(new.active)
                self.assertEqual(self.loaded(stream, "2"), new)
        self.assertEqual(len(self.messages("entry_archived")), 8)

    def test_what_the_source_has_archived_is_what_odoo_has_archived(self):
        old = self.env["crm.lost.reason"].create({"name": "Sleeper", "active": False})
        rows = {"1": {"name": "Sleeper", "active": False}}
        self.load("reasons", "crm.lost.reason", rows)
        self.assertEqual(self.loaded("reasons", "1"), old)

    def test_a_campaign_of_nobody_says_who_answers_for_it(self):
        self.load("campaigns", "utm.campaign", {"1": {"title": "Spring"}})
        campaign = self.loaded("campaigns", "1")
        self.assertEqual(campaign.user_id, self.job.create_uid)
        self.assertIn(campaign.user_id.name, self.messages("responsible_assumed").text)

    def test_the_domain_of_everybody_is_no_website(self):
        rows = {
            "1": {"name": "Alpha", "website": "gmail.com"},
            "2": {"name": "Beta", "website": "https://www.linkedin.com/"},
            "3": {"name": "Gamma", "website": "https://linkedin.com/company/gamma"},
            "4": {"name": "Delta", "website": "delta.example"},
        }
        for stream, model in (("firms", "res.partner"), ("leads", "crm.lead")):
            with self.subTest(model):
                self.load(stream, model, rows)
                sites = [self.loaded(stream, n).website for n in rows]
                self.assertEqual(sites[:2], [False, False])
                self.assertIn("linkedin.com/company/gamma", sites[2])
                self.assertIn("delta.example", sites[3])
        self.assertIn("gmail.com", self.loaded("firms", "1").comment)


@tagged("post_install", "-at_install")
class TestLinksOfABatch(LoaderCase):
    """What all of a batch have in common is written once, what only some have to each."""

    def test_each_link_has_what_is_its_own(self):
        self.stage("people", "res.partner", {"9": {"name": "Later"}})
        later = self.ref("people", "9")
        rows = {
            "1": {"name": "Alone"},
            "2": {"name": "With one to come", "partner_id": later},
            "3": {"name": "Alone too"},
        }
        self.load("deals", "crm.lead", rows)
        links = {key: self.map_row("deals", key) for key in rows}
        for key, link in links.items():
            record = self.loaded("deals", key)
            self.assertEqual(record.name, rows[key]["name"])
            self.assertEqual(link.res_id, record.id)
            self.assertEqual(link.loaded["name"], record.name)
            self.assertEqual(link.watermark, record.write_date)
            self.assertEqual(
                (link.outcome, link.rollback_action), ("created", "delete")
            )
        deferred = {key: link.deferred or None for key, link in links.items()}
        self.assertEqual(deferred, {"1": None, "2": {"partner_id": later}, "3": None})
        self.assertEqual(len({link.values_hash for link in links.values()}), 3)

    def test_of_a_second_load_only_what_changed_is_marked(self):
        rows = {"1": {"name": "Same"}, "2": {"name": "Before"}}
        self.load("deals", "crm.lead", rows)
        first = self.load_run
        self.load_run = first.copy({"kind": "load"})
        self.stage("deals", "crm.lead", {"2": {"name": "After"}})
        self.load("deals", "crm.lead", {**rows, "2": {"name": "After"}})
        runs = [self.map_row("deals", key).changed_run_id for key in rows]
        self.assertEqual(runs, [first, self.load_run])
