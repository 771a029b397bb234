"""Who and what is decided by people, in a plan, or later."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CrmMigrationCase
from .proposal_common import ProposalCase


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

    def get_assumed(self):
        return self.job.check_ids.filtered(
            lambda check: check.code == "odoo.currency_assumed"
        )

    def test_amounts_that_name_no_currency_beside_others_are_told(self):
        own = self.job.company_id.currency_id
        amounts = [(10.0, own.name), (20.0, None), (30.0, None), (None, None)]
        self.read_all(
            contacts=[],
            deals=[
                {"id": n, "title": f"Deal {n}", "amount": amount, "currency": code}
                for n, (amount, code) in enumerate(amounts)
            ],
        )
        check = self.get_assumed()
        self.assertEqual(check.level, "warning")
        self.assertIn("2 amounts without a currency", check.text)
        self.assertIn(f"taken as {own.name}", check.text)
        self.assertIn("odoo.currency_assumed", self.get_losses())
        check.accepted_reason = "All of one country"
        self.assertNotIn("odoo.currency_assumed", self.get_losses())
        # Whoever says which one is meant has decided it.
        self.job.currency_id = own
        self.run_kind("transform")
        self.assertFalse(self.get_assumed())

    def get_losses(self):
        return {loss["code"] for loss in self.job._get_losses()}

    def test_where_no_amount_names_a_currency_nothing_is_assumed(self):
        self.read_all(
            contacts=[], deals=[{"id": 1, "title": "Saddles", "amount": 12.0}]
        )
        self.assertFalse(self.get_assumed())

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
