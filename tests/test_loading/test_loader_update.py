"""Loading again: what people did stays, also the second and the third time."""

from datetime import datetime

from odoo.tests import tagged

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestLoaderUpdate(LoaderCase):
    def load_firm(self, **values):
        self.load("firms", "res.partner", {"1": {"name": "Firma", **values}})
        return self.loaded("firms", "1")

    def merge_into(self, partner, values):
        self.load(
            "people",
            "res.partner",
            {"1": values},
            decision="merge",
            merge_id=partner.id,
        )

    def link(self, stream):
        maps = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("stream", "=", stream)]
        )
        self.env["crm.migration.target"]._for(maps[0].res_model)._link(
            self.load_run, maps
        )
        self.env.invalidate_all()

    # -- what a person changed ---------------------------------------------------

    def test_a_persons_work_is_remembered_however_often_it_is_loaded(self):
        dated = {"@updated_at": "2019-01-01 00:00:00"}
        firm = self.load_firm(city="Porto", phone="213218000", **dated)
        self.work_on(firm, city="Faro")
        worked_at = firm.write_date
        self.load_firm(
            city="Porto", phone="213218001", **{"@updated_at": "2019-02-01 00:00:00"}
        )
        self.assertEqual(firm.phone, self.phone("213218001"))
        self.assertEqual(firm.write_date, worked_at, "the person came last")
        self.assertEqual(firm.write_uid, self.anna)
        self.load_firm(
            city="Lagos", phone="213218001", **{"@updated_at": "2019-03-01 00:00:00"}
        )
        self.assertEqual(firm.city, "Faro")
        self.assertEqual(self.messages("changed_by_both").field, "city")
        self.assertEqual(self.unload("firms"), {"kept": 1})

    def test_a_persons_work_counts_where_the_source_is_ahead_of_time(self):
        """A clock of another zone, read as ours: it was changed in hours to come."""
        ahead = {"@updated_at": "2040-01-01 08:00:00"}
        firm = self.load_firm(city="Porto", **ahead)
        self.assertEqual(str(firm.write_date), "2040-01-01 08:00:00")
        self.assertEqual(self.verify("firms", "res.partner", ["1"]), [])
        self.work_on(firm, city="Faro")
        worked_at = firm.write_date
        self.assertEqual(
            [each["field"] for each in self.verify("firms", "res.partner", ["1"])],
            ["city"],
        )
        for hour in ("09", "10"):
            later = {"@updated_at": f"2040-01-01 {hour}:00:00"}
            self.load_firm(city=f"Lagos {hour}", **later)
            self.assertEqual(firm.city, "Faro")
            self.assertEqual((firm.write_date, firm.write_uid), (worked_at, self.anna))
        self.assertEqual(self.messages("changed_by_both").mapped("field"), ["city"] * 2)
        self.assertEqual(self.unload("firms"), {"kept": 1})

    def test_what_nobody_worked_on_follows_a_source_that_is_ahead_of_time(self):
        firm = self.load_firm(city="Porto", **{"@updated_at": "2040-01-01 08:00:00"})
        self.load_firm(city="Lagos", **{"@updated_at": "2019-01-01 08:00:00"})
        self.assertEqual(firm.city, "Lagos")
        self.load_firm(city="Faro", **{"@updated_at": "2019-01-02 08:00:00"})
        self.assertEqual(firm.city, "Faro")
        self.assertFalse(self.messages("changed_by_both"))
        self.assertEqual(self.unload("firms"), {"deleted": 1})

    def test_a_tag_that_somebody_gave_by_way_of_the_tag_stays(self):
        """It leaves no trace on the contact."""
        names = ("VIP", "Gold", "News")
        tags = {
            name: self.env["res.partner.category"].create({"name": name})
            for name in names
        }
        for name in ("VIP", "Gold"):
            self.decide("tags", name, tags[name])

        def give(*given):
            return {"category_id": [{"$map": ["tags", name]} for name in given]}

        firm = self.load_firm(**give("VIP"))
        left = firm.write_date
        tags["News"].with_user(self.anna).sudo().partner_ids = firm
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(firm.write_date, left)
        self.load_firm(**give("VIP", "Gold"))
        self.assertEqual(set(firm.category_id.mapped("name")), set(names))
        self.load_firm(**give("Gold"))
        self.assertEqual(set(firm.category_id.mapped("name")), {"Gold", "News"})

    def test_a_value_new_in_the_source_does_not_replace_a_persons(self):
        firm = self.load_firm()
        self.work_on(firm, city="Faro")
        self.load_firm(city="Lagos", street="Rua 1")
        self.assertEqual((firm.city, firm.street), ("Faro", "Rua 1"))
        self.assertEqual(self.messages("changed_by_both").field, "city")

    def test_a_value_the_source_has_dropped_does_not_archive(self):
        firm = self.load_firm(active=True, city="Porto")
        self.load_firm()
        self.assertEqual((firm.active, firm.city), (True, False))

    # -- merged ------------------------------------------------------------------

    def test_what_odoo_had_before_a_merge_is_not_overwritten_by_an_update(self):
        there = self.env["res.partner"].create(
            {"name": "Schon da", "email": "da@example.test"}
        )
        values = {"name": "Other", "email": "new@example.test", "city": "Graz"}
        self.merge_into(there, values)
        newer = {**values, "email": "newer@example.test", "city": "Linz"}
        self.load("people", "res.partner", {"1": {**newer, "function": "Chef"}})
        self.assertEqual(there.email, "da@example.test")
        self.assertEqual((there.city, there.function), ("Linz", "Chef"))
        self.assertEqual(self.messages("changed_by_both").field, "email")
        self.assertEqual(self.unload("people"), {"restored": 1})
        self.assertEqual((there.city, there.function), (False, False))

    def test_an_update_of_what_a_merge_left_alone_is_taken_back_as_well(self):
        there = self.env["res.partner"].create({"name": "Schon da"})
        self.merge_into(there, {"name": "Other"})
        self.assertEqual(self.map_row("people", "1").rollback_action, "keep")
        self.load("people", "res.partner", {"1": {"name": "Other", "city": "Linz"}})
        self.assertEqual(there.city, "Linz")
        self.assertEqual(self.unload("people"), {"restored": 1})
        self.assertFalse(there.city)

    def test_tags_are_added_by_a_merge_and_only_they_go_again(self):
        Tag = self.env["res.partner.category"]
        theirs, ours, later = Tag.create([{"name": n} for n in ("T1", "T2", "T3")])
        there = self.env["res.partner"].create(
            {"name": "Schon da", "category_id": theirs.ids}
        )
        self.merge_into(
            there, {"name": "Other", "category_id": [self.decide("tags", "x", ours)]}
        )
        self.assertEqual(there.category_id, theirs | ours)
        there.category_id += later
        self.assertEqual(self.unload("people"), {"restored": 1})
        self.assertEqual(there.category_id, theirs | later)
        self.assertFalse(self.messages("kept_value"))

    def test_a_merge_keeps_the_name_of_a_company_it_does_not_know(self):
        partners = self.env["res.partner"].create(
            [
                {"name": "A", "company_name": "Outra Casa"},
                {"name": "B", "company_name": "pão & cia"},
            ]
        )
        self.load("firms", "res.partner", {"1": {"name": "Pão & Cia", "is_company": 1}})
        parent = {"parent_id": self.ref("firms", "1")}
        for number, partner in enumerate(partners):
            self.load(
                "people",
                "res.partner",
                {str(number): {"name": "?", **parent}},
                decision="merge",
                merge_id=partner.id,
            )
        other, same = partners
        self.assertEqual(
            (other.parent_id.id, other.company_name), (False, "Outra Casa")
        )
        self.assertEqual(
            (same.parent_id, same.company_name), (self.loaded("firms", "1"), False)
        )
        self.unload("people")
        self.assertEqual((same.parent_id.id, same.company_name), (False, "pão & cia"))

    def test_twins_merged_into_one_leave_it_as_untouched_as_it_was(self):
        rows = {"1": {"name": "Uno", "@updated_at": "2019-01-01 00:00:00"}}
        self.load("people", "res.partner", rows)
        self.load(
            "people",
            "res.partner",
            {"2": {"name": "Uno", "city": "Porto"}},
            decision="merge",
            merge_source=("people", "1"),
        )
        one = self.loaded("people", "1")
        self.assertEqual(one.city, "Porto")
        self.assertEqual(one.write_date, datetime(2019, 1, 1))
        self.load("people", "res.partner", {"2": {"name": "Uno", "city": "Faro"}})
        self.assertEqual(one.write_date, datetime(2019, 1, 1))
        self.assertEqual(self.unload("people")["kept"], 1, "the link of the twin")
        self.assertFalse(one.exists())

    def test_an_old_value_that_odoo_refuses_costs_that_record_only(self):
        one, two = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        for number, partner in enumerate((one, two)):
            self.load(
                "people",
                "res.partner",
                {str(number): {"name": "?", "barcode": f"migrated {number}"}},
                decision="merge",
                merge_id=partner.id,
            )
        journal = self.env["crm.migration.journal"]
        journal = journal.search([("res_id", "=", one.id)])
        self.env["res.partner"].create({"name": "C", "barcode": "taken"})
        journal.sudo().write({"before": {"barcode": "taken"}})
        self.assertEqual(self.unload("people"), {"restored": 2})
        self.assertEqual((one.barcode, two.barcode), ("migrated 0", False))
        self.assertTrue(self.messages("kept_refused"))

    def test_a_deal_called_after_its_customer_keeps_its_name_when_that_is_renamed(self):
        self.load("people", "res.partner", {"1": {"name": "Ana"}})
        values = {"type": "opportunity", "partner_id": self.ref("people", "1")}
        self.load("deals", "crm.lead", {"1": values})
        deal = self.loaded("deals", "1")
        self.assertIn("Ana", deal.name)
        # A later pass renames the customer, and has nothing new about the deal.
        self.load_run = self.load_run.copy({})
        self.load("people", "res.partner", {"1": {"name": "Ana Reis"}})
        self.assertEqual(self.loaded("people", "1").name, "Ana Reis")
        self.assertNotIn("Reis", deal.name)
        self.assertEqual(self.verify("deals", "crm.lead", ["1"]), [])

    # -- links -------------------------------------------------------------------

    def stage_late_firm(self, **values):
        rows = {"9": {"name": "Spät", "is_company": True, **values}}
        self.stage("firms", "res.partner", rows)
        return rows

    def test_a_late_link_changes_neither_date_nor_author(self):
        late = self.stage_late_firm()
        self.load(
            "people",
            "res.partner",
            {
                "1": {
                    "name": "Früh",
                    "parent_id": self.ref("firms", "9"),
                    "@updated_at": "2016-01-01 00:00:00",
                    "@updated_by": {"$owner": "anna"},
                }
            },
        )
        self.load("firms", "res.partner", late)
        self.link("people")
        early = self.loaded("people", "1")
        self.assertEqual(early.parent_id, self.loaded("firms", "9"))
        self.assertEqual(
            (early.write_date, early.write_uid), (datetime(2016, 1, 1), self.anna)
        )

    def test_a_deal_keeps_the_name_of_a_company_whose_parent_is_linked_later(self):
        """Of two companies which the source calls each other's parent one link is made."""
        firms = {
            number: {
                "name": name,
                "is_company": True,
                "parent_id": self.ref("firms", other),
                "@updated_at": "2016-01-01 00:00:00",
            }
            for number, name, other in (("1", "Früh", "2"), ("2", "Spät", "1"))
        }
        self.stage("firms", "res.partner", firms)
        self.load("firms", "res.partner", firms)
        deals = {
            number: {
                "name": "Roof",
                "type": "opportunity",
                "partner_id": self.ref("firms", number),
            }
            for number in ("1", "2")
        }
        self.load("deals", "crm.lead", deals)
        self.link("firms")
        one, two = (self.loaded("firms", number) for number in ("1", "2"))
        self.assertEqual((one.parent_id, two.parent_id.ids), (two, []))
        names = [self.loaded("deals", number).partner_name for number in ("1", "2")]
        self.assertEqual(names, ["Früh", "Spät"])
        self.assertEqual(self.verify("deals", "crm.lead", ["1", "2"]), [])

    def test_a_late_link_leaves_what_a_person_has_chosen(self):
        late = self.stage_late_firm()
        parent = {"parent_id": self.ref("firms", "9")}
        self.load("people", "res.partner", {"1": {"name": "Früh", **parent}})
        early = self.loaded("people", "1")
        chosen = self.env["res.partner"].create({"name": "Gewählt"})
        self.work_on(early, parent_id=chosen.id)
        self.load("firms", "res.partner", late)
        self.link("people")
        self.assertEqual(early.parent_id, chosen)
        self.assertEqual(self.messages("changed_by_both").field, "parent_id")
        self.assertEqual(early.write_uid, self.anna)
        self.assertEqual(self.unload("people"), {"kept": 1})

    def test_a_late_link_of_a_merged_record_can_be_taken_back(self):
        late = self.stage_late_firm()
        there = self.env["res.partner"].create({"name": "Schon da"})
        self.merge_into(there, {"name": "?", "parent_id": self.ref("firms", "9")})
        self.load("firms", "res.partner", late)
        self.link("people")
        self.assertEqual(there.parent_id, self.loaded("firms", "9"))
        self.assertEqual(self.unload("people"), {"restored": 1})
        self.assertFalse(there.parent_id)

    def test_a_late_link_says_what_the_company_has_otherwise(self):
        late = self.stage_late_firm(vat="PT501442600")
        values = {"name": "Früh", "vat": "PT999999990", "comment": "<p>own</p>"}
        values["parent_id"] = self.ref("firms", "9")
        self.load("people", "res.partner", {"1": values})
        self.load("firms", "res.partner", late)
        self.link("people")
        early = self.loaded("people", "1")
        self.assertEqual(early.vat, "PT501442600")
        self.assertIn("PT999999990", early.comment)
        self.assertIn("own", early.comment)
        self.assertTrue(self.messages("vat_of_company"))
        self.assertEqual(self.verify("people", "res.partner", ["1"]), [])

    # -- what belongs to a company -----------------------------------------------

    def test_what_a_contact_has_otherwise_than_its_company_is_noted(self):
        Industry = self.env["res.partner.industry"]
        bread, steel = Industry.create([{"name": "Pão"}, {"name": "Stahl"}])
        self.load_firm(is_company=True, industry_id=self.decide("i", "1", bread))
        values = {
            "name": "Ana",
            "parent_id": self.ref("firms", "1"),
            "industry_id": self.decide("i", "2", steel),
        }
        self.load("people", "res.partner", {"1": values})
        ana = self.loaded("people", "1")
        self.assertEqual(ana.industry_id, bread)
        self.assertIn("Stahl", ana.comment)
        self.assertTrue(self.messages("value_of_company"))
        self.assertEqual(self.verify("people", "res.partner", ["1"]), [])

    def test_loaded_contacts_follow_the_tax_number_of_their_company(self):
        firm = self.load_firm(is_company=True, vat="PT501442600")
        self.load(
            "people",
            "res.partner",
            {
                "1": {
                    "name": "Ana",
                    "parent_id": self.ref("firms", "1"),
                    "@updated_at": "2016-01-01 00:00:00",
                }
            },
        )
        native = self.env["res.partner"].create({"name": "N", "parent_id": firm.id})
        before = self.table_digest("res_partner", without=firm.ids, skip=("vat",))
        self.load_firm(is_company=True, vat="PT999999990")
        ana = self.loaded("people", "1")
        self.assertEqual((firm.vat, ana.vat), ("PT999999990", "PT999999990"))
        self.assertEqual(native.vat, "PT501442600", "nobody else's data changes")
        after = self.table_digest("res_partner", without=firm.ids, skip=("vat",))
        self.assertEqual(after, before)
        self.assertEqual(self.verify("people", "res.partner", ["1"]), [])

    def test_a_company_moved_to_another_does_not_move_its_contacts(self):
        firm = self.load_firm(is_company=True)
        native = self.env["res.partner"].create({"name": "N", "parent_id": firm.id})
        loader = self.env["crm.migration.target"]._without_side_effects(self.job)
        firm.with_env(loader.env).write({"company_id": self.company.id})
        self.env.invalidate_all()
        self.assertEqual(firm.company_id, self.company)
        self.assertFalse(native.company_id)

    def test_no_service_is_asked_about_a_tax_number(self):
        asked = []

        def _compute_vies_valid(partners):
            asked.append(partners)

        Partner = self.env.registry["res.partner"]
        Partner._compute_vies_valid = _compute_vies_valid
        self.addCleanup(delattr, Partner, "_compute_vies_valid")
        self.env["crm.migration.quiet"]._hold_vies()
        loader = self.env["crm.migration.target"]._without_side_effects(self.job)
        partners = loader.env["res.partner"]
        partners._compute_vies_valid()
        self.assertFalse(asked)
        self.env["res.partner"]._compute_vies_valid()
        self.assertEqual(len(asked), 1)
