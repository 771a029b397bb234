"""What a link is proposed to mean: countries, lists, records of one name."""

from odoo.tests import tagged

from ...models.mapping.propose_values import get_index
from ..common import CrmMigrationCase
from .proposal_common import ProposalCase


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
            # findings/pycountry_niger_is_nigeria.sh
            "Niger": "NE",
            "Curaçao": "CW",
            "Ivory Coast": "CI",
        }.items():
            with self.subTest(text):
                found = index.find(text).found
                self.assertEqual(self.env["res.country"].browse(found).code, code)
        for text in ("Kongo", "Korea", "Rome", "Arcadia", "", "-"):
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
