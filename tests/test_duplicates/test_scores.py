"""The score of two that look alike, and what is said for and against it."""

from odoo.tests import tagged

from .duplicates_common import DuplicatesCase

HOME = {"street": "Gartenweg 5", "zip": "1010", "city": "Wien"}


@tagged("post_install", "-at_install")
class TestScores(DuplicatesCase):
    def assert_score(self, one, other, score, evidence, against=False):
        found = self.compare(one, other)
        self.assertEqual(
            (found.score, found.evidence, found.contradiction),
            (score, evidence, against),
        )

    def test_a_telephone_number_is_one_however_it_is_written(self):
        self.assert_score(
            {"name": "Ana Silva", "phone": "+351 21 000 1234"},
            {"name": "Ana Silva", "phone": "(021) 000-1234 ext. 17"},
            93,
            "Same telephone number, same name",
        )

    def test_a_short_form_and_umlauts_are_the_same_person(self):
        self.assert_score(
            {"name": "Robert Müller", "email": "rm@x.test"},
            {"name": "Dr. Mueller, Bob", "email": "RM@x.test"},
            97,
            "Same e-mail address, same name",
        )

    def test_a_surname_that_reads_like_a_degree_tells_two_apart(self):
        found = self.compare(
            {"name": "Wei Ma", "email": "wei@x.test"},
            {"name": "Wei Ba", "email": "wei@x.test"},
        )
        self.assertNotIn("same name", found.evidence)
        self.assertLess(found.score, 90)

    def test_a_degree_behind_a_comma_is_none_of_the_name(self):
        self.assert_score(
            {"name": "Maria Silva", "email": "ms@x.test"},
            {"name": "Maria Silva, M.A.", "email": "ms@x.test"},
            100,
            "Same e-mail address, same name",
        )

    def test_two_of_a_family_share_an_address_and_are_two(self):
        self.assert_score(
            {"name": "Karl Weber", "email": "weber@x.test", **HOME},
            {"name": "Eva Weber", "email": "weber@x.test", **HOME},
            65,
            "Same e-mail address, same address",
            "Another first name",
        )

    def test_a_son_is_not_his_father(self):
        self.assert_score(
            {"name": "Karl Weber sen.", "email": "weber@x.test", **HOME},
            {"name": "Karl Weber jun.", "email": "weber@x.test", **HOME},
            65,
            "Same e-mail address, same address, same name",
            "Junior or senior",
        )

    def test_a_slip_of_the_finger_is_forgiven(self):
        self.assert_score(
            {"name": "Johann Weber", **HOME},
            {"name": "Joahnn Weber", **HOME, "street": "GARTENWEG 5"},
            83,
            "Same address, similar name",
        )

    def test_a_mailbox_of_many_says_less(self):
        self.assert_score(
            {"name": "Ana Silva", "email": "info@x.test"},
            {"name": "Rui Costa", "email": "info@x.test"},
            0,
            False,
        )

    def test_a_legal_form_is_spelled_in_many_ways(self):
        self.assert_score(
            {"name": "Acme G.m.b.H.", "is_company": True, "website": "acme.test"},
            {
                "name": "ACME GmbH",
                "is_company": True,
                "website": "https://www.acme.test/x",
            },
            100,
            "Same web domain, same name",
        )

    def test_companies_with_other_legal_forms_are_asked_about(self):
        self.assert_score(
            {"name": "Acme GmbH", "is_company": True, "website": "acme.test"},
            {"name": "Acme AG", "is_company": True, "website": "acme.test"},
            89,
            "Same web domain, same name",
            "Another legal form",
        )

    def test_a_branch_office_is_asked_about(self):
        firm = {"name": "Acme", "is_company": True, "website": "acme.test"}
        self.assert_score(
            {**firm, **HOME},
            {**firm, "street": "Kai 1", "zip": "20095", "city": "Hamburg"},
            89,
            "Same web domain, same name",
            "Another address",
        )

    def test_a_company_that_moved_has_its_number_still(self):
        firm = {"name": "Acme", "is_company": True, "phone": "+351 21 000 1234"}
        self.assert_score(
            {**firm, **HOME},
            {**firm, "street": "Kai 1", "zip": "20095", "city": "Hamburg"},
            92,
            "Same telephone number, same name",
            "Another address",
        )

    def test_another_tax_number_is_another_company(self):
        firm = {"name": "Acme", "is_company": True, "website": "acme.test", **HOME}
        self.assert_score(
            {**firm, "vat": "PT501442600"},
            {**firm, "vat": "PT502011378"},
            65,
            "Same web domain, same address, same name",
            "Another tax number",
        )

    def test_a_tax_number_is_known_without_its_country(self):
        found = self.compare(
            {"name": "Pão", "is_company": True, "vat": "PT501442600"},
            {"name": "Padaria", "is_company": True, "vat": "501 442 600"},
        )
        self.assertEqual(found.evidence, "Same tax number")
        self.assertEqual((found.score, found.contradiction), (77, "Another name"))

    def test_a_placeholder_is_no_tax_number(self):
        found = self.compare(
            {"name": "Pão", "is_company": True, "vat": "999999990"},
            {"name": "Padaria", "is_company": True, "vat": "999999999"},
        )
        self.assertFalse(found)
        found = self.compare(
            {"name": "Rio", "is_company": True, "vat": "999999999"},
            {"name": "Mar", "is_company": True, "vat": "PT 999999999"},
        )
        self.assertFalse(found)

    def test_numbers_in_names_are_no_slip(self):
        self.assert_score(
            {"name": "Filiale Nord 12", "is_company": True, "phone": "+351210001234"},
            {"name": "Filiale Nord 13", "is_company": True, "phone": "+351210001234"},
            0,
            False,
        )

    def test_it_says_the_same_without_the_extension(self):
        pairs = [
            ("Johann Weber", "Johannes Weber"),
            ("Kathrin Sørensen", "Katrin Soerensen"),
            ("Stefan Kowalski", "Stephan Kowalsky"),
        ]
        self.env["res.partner"].create(
            [{"name": one, "email": f"{n}@x.test"} for n, (one, _) in enumerate(pairs)]
        )
        rows = {
            str(n): {"name": other, "email": f"{n}@x.test"}
            for n, (_, other) in enumerate(pairs)
        }
        self.stage("people", "res.partner", rows)
        found = {}
        for has_trigram in (True, False):
            self.patch(self.env.registry, "has_trigram", has_trigram)
            found[has_trigram] = self.match().mapped(
                lambda pair: (pair.record_id.source_id, pair.score, pair.evidence)
            )
        self.assertEqual(len(found[True]), 3)
        self.assertEqual(found[True], found[False])

    def test_the_work_does_not_grow_with_what_is_shared(self):
        """A thousand of one name: each is compared with its neighbors, not with all."""
        rows = {str(n): {"name": "Ana Silva", "zip": f"{n:04d}"} for n in range(300)}
        self.stage("people", "res.partner", rows)
        phase = self.env["crm.migration.phase.match"]
        kept = []
        self.patch(type(phase), "_drop_tables", lambda self, job: kept.append(job))
        self.match()
        self.env.cr.execute(
            f"SELECT count(*) FROM crm_migration_match_pairs_{self.job.id}"
        )
        self.assertLessEqual(self.env.cr.fetchone()[0], 300 * 4)
