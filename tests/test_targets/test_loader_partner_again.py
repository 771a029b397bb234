"""Contacts that are there: loaded again, merged, compared, matched, taken back."""

from odoo.tests import tagged

from .partner_common import PartnerCase


@tagged("post_install", "-at_install")
class TestPartnerAgain(PartnerCase):
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

    def test_verification_compares_numbers_as_finely_as_they_are_kept(self):
        rows = {"1": {"name": "A", "partner_latitude": 38.7223341}}
        self.load("companies", "res.partner", rows)
        self.assertEqual(self.verify("companies", "res.partner", ["1"]), [])
        self.loaded("companies", "1").partner_latitude = 38.7201
        (difference,) = self.verify("companies", "res.partner", ["1"])
        self.assertEqual(difference["field"], "partner_latitude")

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
        self.env["res.partner"].create({"name": "A", "email": "a@x.test"})
        for place in (phase._collect_odoo, phase._find_pairs, phase._match):
            place(runs[other], 0)
        duplicates = self.env["crm.migration.duplicate"]
        self.assertFalse(duplicates.search([("job_id", "=", other.id)]))
