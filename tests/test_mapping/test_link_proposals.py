"""What is proposed for a value of the source, and what is asked instead."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...connectors.mapping.vocabulary import field, lookup, mapping, strip, value_map
from ...models.mapping.propose_values import get_index
from ..common import CrmMigrationCase, FakeSource

MAPPINGS = (
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("state_id", "state", value_map("states")),
        field("country_id", "country", value_map("countries")),
        field("industry_id", "industry", value_map("industries")),
        field("category_id", "tags", value_map("tags")),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "title", strip, required=True),
        field("expected_revenue", "amount"),
        field("@currency", "currency", strip),
        field("partner_id", "contact", lookup("contacts")),
        field("stage_id", "stage", value_map("stages")),
        after=("contacts",),
    ),
)
LISTS = (
    ("states", "res.country.state", False),
    ("countries", "res.country", False),
    ("industries", "res.partner.industry", True),
    ("tags", "res.partner.category", True),
    ("stages", "crm.stage", False),
)


class ProposalCase(CrmMigrationCase):
    def read_all(self, **data):
        self.use_source(**data)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        self.run_kind("discover")
        self.job.sudo().value_lists = [
            {"name": name, "label": name.title(), "model": model, "create": create}
            for name, model, create in LISTS
        ]
        self.run_kind("extract")
        self.run_kind("transform")

    def value(self, name, key, scope=""):
        row = self.job.value_map_ids.filtered(
            lambda v: (v.list, v.key, v.scope or "") == (name, key, scope)
        )
        self.assertEqual(len(row), 1, (name, key, scope))
        return row


@tagged("post_install", "-at_install")
class TestWorld(ProposalCase):
    def test_countries_are_known_in_every_language_and_by_code(self):
        index = get_index(self.env, "res.country", self.job)
        for text, code in {
            "USA": "US",
            "U.S.A.": "US",
            "United States of America": "US",
            "UK": "GB",
            "Great Britain": "GB",
            "GBR": "GB",
            "Czechia": "CZ",
            "Czech Republic": "CZ",
            "South Korea": "KR",
            "Deutschland": "DE",
            "DEU": "DE",
            "de": "DE",
            "The Netherlands": "NL",
            "Türkiye": "TR",
            "Brasil": "BR",
            "日本": "JP",
        }.items():
            with self.subTest(text):
                found = index.find(text).found
                self.assertEqual(self.env["res.country"].browse(found).code, code)
        for text in ("Kongo", "Arcadia", "", "-"):
            self.assertFalse(index.find(text).found, text)

    def test_a_state_is_looked_for_in_the_country_of_its_record(self):
        people = [
            ("Limburg", "Netherlands", "NL"),
            ("Limburg", "Belgium", "BE"),
            ("CA", "United States", "US"),
            ("CA", "Spain", "ES"),
            ("CA", "Italia", "IT"),
            ("MI", "Italy", "IT"),
            ("MI", "USA", "US"),
            ("WA", "Australia", "AU"),
            ("N.Y.", "USA", "US"),
            ("AB", "Canada", "CA"),
            ("MH", "India", "IN"),
        ]
        self.read_all(
            contacts=[
                {"id": n, "name": f"Person {n}", "state": state, "country": country}
                for n, (state, country, _code) in enumerate(people)
            ]
        )
        self.run_kind("load")
        for number, (state, country, code) in enumerate(people):
            with self.subTest(f"{state}, {country}"):
                person = self.migrated("contacts", str(number))
                self.assertEqual(person.country_id.code, code)
                self.assertEqual(person.state_id.country_id.code, code)
                plain = state.replace(".", "")
                self.assertIn(plain, (person.state_id.code, person.state_id.name))

    def test_a_state_without_a_country_is_asked_for_and_can_be_answered(self):
        self.read_all(
            contacts=[
                {"id": 1, "name": "Ann", "state": "MI", "country": ""},
                {"id": 2, "name": "Bea", "state": "MI", "country": "United States"},
                {"id": 3, "name": "Carl", "state": "ZH", "country": "Switzerland"},
                {"id": 4, "name": "Dora", "state": "US-WA", "country": None},
            ]
        )
        asked = self.value("states", "MI")
        self.assertFalse(asked.decision)
        self.assertIn("Michigan", asked.reason)
        self.assertEqual(
            self.value("states", "MI", "United States").target_ref.name, "Michigan"
        )
        self.assertEqual(self.value("states", "US-WA").target_ref.name, "Washington")
        milan = self.env["res.country.state"].search(
            [("country_id.code", "=", "IT"), ("code", "=", "MI")]
        )
        asked.target_ref = f"res.country.state,{milan.id}"
        self.run_kind("load")
        ann, bea = self.migrated("contacts", "1"), self.migrated("contacts", "2")
        self.assertEqual((ann.state_id, ann.country_id.code), (milan, "IT"))
        self.assertEqual(bea.country_id.code, "US")
        self.assertEqual(self.migrated("contacts", "3").country_id.code, "CH")

    def test_a_country_that_a_person_decides_tells_its_states(self):
        self.read_all(
            contacts=[{"id": 1, "name": "Ann", "state": "MI", "country": "Padania"}]
        )
        state = self.value("states", "MI", "Padania")
        self.assertFalse(state.decision)
        italy = self.env.ref("base.it")
        self.value("countries", "Padania").target_ref = f"res.country,{italy.id}"
        self.assertEqual(state.target_ref.country_id, italy)
        self.assertEqual(state.decision, "map")

    def test_a_currency_is_known_by_code_name_or_sign_or_asked_for(self):
        euro = self.env.ref("base.EUR")
        self.read_all(
            contacts=[{"id": 1, "name": "Ann"}],
            deals=[
                {"id": n, "title": f"Deal {n}", "amount": 500.0, "currency": text}
                for n, text in enumerate(("EUR", "Euro", "€", "XXX", "$"))
            ],
        )
        for text in ("EUR", "Euro", "€"):
            self.assertEqual(self.value("@currencies", text).target_ref, euro)
        for text in ("XXX", "$"):
            self.assertFalse(self.value("@currencies", text).decision)
        self.run_kind("load")
        for number in ("3", "4"):
            self.assertEqual(self.migrated("deals", number).expected_revenue, 0)


@tagged("post_install", "-at_install")
class TestSeveralAndArchived(ProposalCase):
    def test_of_several_of_one_name_none_is_taken(self):
        stages = self.env["crm.stage"].create(
            [{"name": "Twilight", "team_ids": False} for _number in range(2)]
        )
        self.read_all(
            contacts=[],
            deals=[{"id": 1, "title": "Saddles", "stage": "Twilight"}],
        )
        row = self.value("stages", "Twilight")
        self.assertFalse(row.decision)
        for stage in stages:
            self.assertIn(f"Twilight ({stage.id})", row.reason)

    def test_the_stage_of_the_team_of_the_migration_is_meant(self):
        team, other = self.env["crm.team"].create([{"name": "A"}, {"name": "B"}])
        self.job.sudo().team_id = team
        own, _other = self.env["crm.stage"].create(
            [
                {"name": "Twilight", "team_ids": [(6, 0, team.ids)]},
                {"name": "Twilight", "team_ids": [(6, 0, other.ids)]},
            ]
        )
        self.read_all(
            contacts=[], deals=[{"id": 1, "title": "Saddles", "stage": "Twilight"}]
        )
        self.assertEqual(self.value("stages", "Twilight").target_ref, own)

    def test_a_stage_of_another_team_alone_is_not_meant(self):
        team, other = self.env["crm.team"].create([{"name": "A"}, {"name": "B"}])
        self.job.sudo().team_id = team
        self.env["crm.stage"].create(
            {"name": "Twilight", "team_ids": [(6, 0, other.ids)]}
        )
        self.read_all(
            contacts=[], deals=[{"id": 1, "title": "Saddles", "stage": "Twilight"}]
        )
        row = self.value("stages", "Twilight")
        self.assertFalse(row.decision or row.target_ref)

    def test_a_language_is_known_by_its_code(self):
        index = get_index(self.env, "res.lang", self.job)
        english = self.env.ref("base.lang_en")
        for text in ("en_US", "en-us", "EN", "English (US)"):
            self.assertEqual(index.find(text).found, english.id, text)
        self.assertFalse(index.find("xx").found)

    def read_archived(self):
        self.industry = self.env["res.partner.industry"].create(
            {"name": "Saddlery", "active": False}
        )
        self.tag = self.env["res.partner.category"].create(
            {"name": "Sleeper", "active": False}
        )
        self.read_all(
            contacts=[
                {"id": 1, "name": "Ann", "industry": "Saddlery", "tags": ["Sleeper"]}
            ]
        )

    def test_an_archived_entry_is_offered_and_not_taken(self):
        self.read_archived()
        for name, key, record in (
            ("industries", "Saddlery", self.industry),
            ("tags", "Sleeper", self.tag),
        ):
            row = self.value(name, key)
            self.assertFalse(row.decision)
            self.assertEqual(row.target_ref, record)
            self.assertIn("Archived", row.reason)
        self.run_kind("load")
        ann = self.migrated("contacts", "1")
        self.assertFalse(ann.industry_id or ann.category_id)
        self.assertIn("Saddlery", ann.comment)

    def test_reactivated_is_active_and_a_rollback_archives_it_again(self):
        self.read_archived()
        rows = self.value("industries", "Saddlery") + self.value("tags", "Sleeper")
        rows.action_reactivate()
        self.assertEqual(rows.mapped("decision"), ["reactivate"] * 2)
        self.run_kind("load")
        self.assertTrue(self.industry.active and self.tag.active)
        ann = self.migrated("contacts", "1")
        self.assertEqual((ann.industry_id, ann.category_id), (self.industry, self.tag))
        self.run_kind("rollback")
        self.assertFalse(self.industry.active or self.tag.active)
        self.run_kind("load")
        self.assertTrue(self.industry.active, "it can be loaded again")

    def test_created_anew_is_another_one(self):
        self.read_archived()
        rows = self.value("industries", "Saddlery") + self.value("tags", "Sleeper")
        rows.action_create()
        self.run_kind("load")
        ann = self.migrated("contacts", "1")
        self.assertEqual(ann.industry_id.name, "Saddlery")
        self.assertTrue(ann.industry_id.active and ann.category_id.active)
        self.assertFalse(self.industry.active or self.tag.active)

    def test_only_what_is_archived_can_be_reactivated(self):
        self.env["res.partner.industry"].create({"name": "Saddlery"})
        self.read_all(contacts=[{"id": 1, "name": "Ann", "industry": "Saddlery"}])
        with self.assertRaisesRegex(Exception, "archived"):
            self.value("industries", "Saddlery").action_reactivate()


@tagged("post_install", "-at_install")
class TestOwners(ProposalCase):
    def create_user(self, name, login, email=None, **values):
        users = self.env["res.users"].with_context(no_reset_password=True)
        return users.create(
            {"name": name, "login": login, "email": email or login, **values}
        )

    def match(self, name, email):
        owner = {"key": "9", "name": name, "email": email}
        found = self.job._match_owner(owner, self.job._get_user_index())
        return self.env["res.users"].browse(found.get("user_id")), found

    def test_of_two_users_with_one_address_the_name_says_which(self):
        self.create_user("Nora Whitfield", "nora", "office@ours.example")
        jorg = self.create_user("Jörg Müller", "jorg", "office@ours.example")
        self.assertEqual(self.match("Jörg  Müller", "Office@ours.example")[0], jorg)
        user, found = self.match("Somebody Else", "office@ours.example")
        self.assertFalse(user or found["decision"])
        for login in ("nora", "jorg"):
            self.assertIn(f"({login})", found["reason"])

    def test_of_two_users_with_one_name_the_address_says_which(self):
        for login in ("vera1@ours.example", "vera2@ours.example"):
            self.create_user("Vera Example", login)
        user, found = self.match("Vera Example", "vera@elsewhere.example")
        self.assertFalse(user or found["decision"])
        self.assertEqual(
            self.match("Vera Example", "vera2@ours.example")[0].login,
            "vera2@ours.example",
        )

    def test_an_archived_user_is_told_of_and_an_active_one_goes_first(self):
        old = self.create_user(
            "Vera Example", "old@ours.example", "vera@ours.example", active=False
        )
        user, found = self.match("Vera Example", "vera@ours.example")
        self.assertEqual(user, old)
        self.assertIn("archived", found["reason"])
        new = self.create_user("Vera Example", "vera@ours.example")
        self.assertEqual(self.match("Vera Example", "vera@ours.example")[0], new)

    def test_a_portal_user_owns_nothing(self):
        portal = self.env.ref("base.group_portal")
        outsider = self.create_user(
            "Pia Portal", "pia@client.example", group_ids=[(6, 0, portal.ids)]
        )
        self.assertFalse(self.match("Pia Portal", "pia@client.example")[0])
        owner = self.env["crm.migration.owner"].create(
            {
                "job_id": self.job.id,
                "key": "pia",
                "name": "Pia Portal",
                "email": "pia@client.example",
                "decision": "create",
            }
        )
        found = self.env["crm.migration.owner"]._resolve(self.job, ["pia"])
        self.assertNotEqual(found.get("pia"), outsider.id)
        self.assertNotEqual(owner.user_id, outsider)
        self.assertIn("portal", owner.reason)


@tagged("post_install", "-at_install")
class TestMatches(CrmMigrationCase):
    """What the search for duplicates proposes, and what it never decides by itself."""

    def find(self, **data):
        self.job.sudo().duplicate_policy = "merge"
        self.use_source(**data)
        self.run_kind("discover")
        self.run_kind("extract")
        return self.job.duplicate_ids

    def test_companies_at_a_network_or_provider_are_not_one(self):
        websites = ("https://www.linkedin.com/company/a", "pt.linkedin.com/company/b")
        more = (
            "https://facebook.com/c",
            "m.facebook.com/d",
            "wixsite.com",
            "wixsite.com",
        )
        companies = [
            {"id": n, "name": f"Company {n}", "website": site}
            for n, site in enumerate((*websites, *more))
        ]
        companies += [
            {"id": n, "name": f"Company {n}", "email": f"me{n}@googlemail.com"}
            for n in (11, 12)
        ]
        self.assertFalse(self.find(companies=companies))

    def test_a_page_at_a_network_does_not_hide_the_domain_of_the_address(self):
        found = self.find(
            companies=[
                {
                    "id": 1,
                    "name": "Alpha",
                    "website": "linkedin.com/company/alpha",
                    "email": "ann@alpha.example",
                },
                {"id": 2, "name": "Alpha Ltd", "website": "https://alpha.example/"},
                {"id": 3, "name": "Beta", "website": "beta.wixsite.com"},
                {"id": 4, "name": "Gamma", "website": "gamma.wixsite.com"},
            ]
        )
        self.assertEqual(found.mapped("record_id.source_id"), ["2"])

    def test_a_colleague_is_never_merged_with_a_contact_by_itself(self):
        self.env["res.users"].create(
            {
                "name": "Vera Example",
                "login": "vera@ours.example",
                "email": "vera@ours.example",
            }
        )
        [found] = self.find(
            contacts=[{"id": 1, "name": "Vera Example", "email": "vera@ours.example"}]
        )
        self.assertFalse(found.decision)
        self.assertIn("a user of Odoo", found.evidence)

    def test_of_two_equal_partners_none_is_merged_by_itself(self):
        self.env["res.partner"].create(
            [{"name": "Vera Example", "email": "vera@alpha.example"}] * 2
        )
        [found] = self.find(
            contacts=[{"id": 1, "name": "Vera Example", "email": "vera@alpha.example"}]
        )
        self.assertFalse(found.decision)
        self.assertIn("like others", found.evidence)

    def test_what_is_certain_is_merged(self):
        there = self.env["res.partner"].create(
            {"name": "Vera Example", "email": "vera@alpha.example"}
        )
        [found] = self.find(
            contacts=[{"id": 1, "name": "Vera Example", "email": "vera@alpha.example"}]
        )
        self.assertEqual((found.decision, found.res_id), ("merge", there.id))


@tagged("post_install", "-at_install")
class TestAmountsBeforehand(ProposalCase):
    def get_check(self):
        return self.job.check_ids.filtered(lambda check: check.code == "odoo.amounts")

    def test_the_check_names_counts_and_sums_per_currency(self):
        own = self.job.company_id.currency_id
        Currency = self.env["res.currency"].with_context(active_test=False)
        sek, nok = (Currency.search([("name", "=", name)]) for name in ("SEK", "NOK"))
        (sek + nok).rate_ids.unlink()
        (sek + nok).active = False
        self.env["res.currency.rate"].create(
            {"currency_id": nok.id, "name": "2020-01-01", "rate": 10}
        )
        self.read_all(
            contacts=[{"id": 1, "name": "Ann"}],
            deals=[
                {"id": n, "title": f"Deal {n}", "amount": amount, "currency": code}
                for n, (amount, code) in enumerate(
                    [
                        (100.0, "SEK"),
                        (150.5, "SEK"),
                        (7.0, "NOK"),
                        (500.0, "XXX"),
                        (20.0, own.name),
                        (30.0, None),
                    ]
                )
            ],
        )
        check = self.get_check()
        self.assertEqual(check.level, "warning")
        lines = {line.split(":")[0]: line for line in check.text.splitlines()}
        self.assertEqual(set(lines), {"SEK", "NOK", "XXX", own.name})
        self.assertIn("2 amounts", lines["SEK"])
        self.assertIn("250.50", lines["SEK"])
        self.assertIn("not active", lines["SEK"])
        self.assertIn("rate of the day", lines["NOK"])
        self.assertIn("500.00", lines["XXX"])
        self.assertIn("Nobody decided", lines["XXX"])
        self.assertIn("2 amounts", lines[own.name])
        self.assertIn("50.00", lines[own.name])
        self.run_kind("load")
        total = sum(self.migrated("deals", str(n)).expected_revenue for n in range(6))
        self.assertEqual(total, 0.7 + 50)

    def test_amounts_in_our_own_currency_pass(self):
        self.read_all(
            contacts=[], deals=[{"id": 1, "title": "Saddles", "amount": 12.0}]
        )
        self.assertEqual(self.get_check().level, "passed")

    def test_a_reason_that_was_given_stays(self):
        self.read_all(
            contacts=[],
            deals=[{"id": 1, "title": "Saddles", "amount": 12.0, "currency": "XXX"}],
        )
        self.get_check().accepted_reason = "Test data"
        self.run_kind("transform")
        self.assertEqual(self.get_check().accepted_reason, "Test data")


@tagged("post_install", "-at_install")
class TestPlanNames(ProposalCase):
    def import_plan(self, **more):
        plan = {"plan": 1, "source": "fake", **more}
        return self.env["crm.migration.job"]._import_plan(plan)

    def test_an_option_that_names_several_or_nothing_or_the_archived_stops(self):
        self.env["crm.team"].create(
            [{"name": "Twin"}, {"name": "Twin"}, {"name": "Past", "active": False}]
        )
        for options, word in (
            ({"team_id": "Twin"}, "2 records"),
            ({"team_id": "Past"}, "archived"),
            ({"team_id": "Nobody"}, "does not have"),
            ({"country_id": "ZZ"}, "does not have"),
            ({"currency_id": "XYZ"}, "does not have"),
        ):
            with self.subTest(options), self.assertRaisesRegex(UserError, word):
                self.import_plan(options=options)

    def test_an_inactive_currency_is_one(self):
        sek = self.env["res.currency"].with_context(active_test=False)
        sek = sek.search([("name", "=", "SEK")])
        sek.active = False
        job = self.import_plan(options={"currency_id": "SEK"})
        self.assertEqual(job.currency_id, sek)

    def test_decisions_about_states_are_repeated_country_by_country(self):
        people = [
            {"id": 1, "name": "Ann", "state": "MI", "country": ""},
            {"id": 2, "name": "Bea", "state": "MI", "country": "Padania"},
        ]
        self.read_all(contacts=people)
        states = {
            country: self.env["res.country.state"].search(
                [("country_id.code", "=", country), ("code", "=", "MI")]
            )
            for country in ("IT", "US")
        }
        rows = {"": self.value("states", "MI"), "Padania": None}
        rows["Padania"] = self.value("states", "MI", "Padania")
        rows[""].target_ref = f"res.country.state,{states['US'].id}"
        rows["Padania"].target_ref = f"res.country.state,{states['IT'].id}"
        plan = self.job._export_plan()
        again = self.env["crm.migration.job"]._import_plan(plan)
        self.patch(type(self), "job", again)
        self.read_all(contacts=people)
        self.assertEqual(self.value("states", "MI").target_ref, states["US"])
        self.assertEqual(self.value("states", "MI", "Padania").target_ref, states["IT"])

    def test_a_value_that_a_plan_names_and_odoo_has_twice_stays_open(self):
        self.env["crm.stage"].create([{"name": "Twilight"}, {"name": "Twilight"}])
        self.job.sudo().plan = {
            "plan": 1,
            "values": [
                {
                    "list": "stages",
                    "key": "Dusk",
                    "decision": "map",
                    "choice": None,
                    "name": "Twilight",
                }
            ],
        }
        self.read_all(contacts=[], deals=[{"id": 1, "title": "A", "stage": "Dusk"}])
        self.assertFalse(self.value("stages", "Dusk").decision)


@tagged("post_install", "-at_install")
class TestDecidedLater(ProposalCase):
    """*Decide it in the value maps, then load again*: that is all it takes."""

    def setUp(self):
        super().setUp()
        Currency = self.env["res.currency"].with_context(active_test=False)
        self.foreign = Currency.search([("name", "=", "NOK")])
        self.foreign.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": self.foreign.id, "name": "2020-01-01", "rate": 10}
        )
        self.read_all(
            contacts=[
                {"id": n, "name": f"Person {n}", "state": "MI", "country": ""}
                for n in (1, 2, 3)
            ],
            deals=[{"id": 1, "title": "A", "amount": 50.0, "currency": "Taler"}],
        )
        self.run_kind("load")
        self.us = self.env["res.country.state"].search(
            [("country_id.code", "=", "US"), ("code", "=", "MI")]
        )

    def test_a_decision_reaches_what_was_loaded_before_it(self):
        self.assertFalse(self.migrated("contacts", "1").state_id)
        by_hand = self.migrated("contacts", "2")
        other = self.us.search([("country_id.code", "=", "US"), ("code", "=", "CA")])
        by_hand.write({"state_id": other.id, "country_id": other.country_id.id})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = now() + interval '1 hour' WHERE id = %s",
            [by_hand.id],
        )
        self.env.invalidate_all()
        self.value("states", "MI").target_ref = f"res.country.state,{self.us.id}"
        currency = f"res.currency,{self.foreign.id}"
        self.value("@currencies", "Taler").target_ref = currency
        run = self.run_kind("load")
        self.assertEqual(self.migrated("contacts", "1").state_id, self.us)
        self.assertEqual(by_hand.state_id, other, "a person's work stays")
        self.assertEqual(self.migrated("deals", "1").expected_revenue, 5)
        self.assertEqual(run.updated_count, 4)
        self.run_kind("verify")

    def test_without_a_new_decision_nothing_is_loaded_again(self):
        self.assertEqual(self.run_kind("load").updated_count, 0)


@tagged("post_install", "-at_install")
class TestWords(CrmMigrationCase):
    def test_every_target_that_the_loaders_know_has_a_name_for_people(self):
        from ...connectors.mapping.lint import SPECIAL_TARGETS
        from ...models.words.mapping import PLACES

        self.assertFalse({"@currency", "@rate", "@rate_currency"} - set(PLACES))
        self.assertLessEqual({"@rate", "@rate_currency"}, SPECIAL_TARGETS)
