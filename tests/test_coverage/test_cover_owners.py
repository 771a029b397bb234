"""A cell with the name and the address of an owner is accounted for by that owner only."""

from odoo.tests import tagged

from ..common import MigrationCase

COMPANIES = """RecordId,OrganizationName,OrganisationOwner,Phone
11,Acme Lda,Ana Sá;ana@x.example;,+351 21 000 0001
12,Beta Lda,ana@x.example,+351 21 000 0002
13,Gama Lda,Rui Pó;rui@x.example;,+351 21 000 0003
"""


@tagged("post_install", "-at_install")
class TestCoverOwners(MigrationCase):
    def setUp(self):
        super().setUp()
        self.import_files({"organizations.csv": COMPANIES.encode()})
        self.run_kinds("discover", "extract", "load", "verify")

    def get_unaccounted(self):
        found = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        return set(found.mapped("source_id"))

    def get(self, key):
        return self.migrated(self.job.stream_ids.filtered("staged_count").name, key)

    def test_name_and_address_of_one_person_are_one_owner(self):
        self.assertEqual(self.get("11").user_id, self.get("12").user_id)
        self.assertFalse(self.get_unaccounted())

    def test_the_address_of_another_one_is_not_taken_for_it(self):
        self.get("11").user_id = self.get("13").user_id
        self.run_kinds("verify")
        self.assertEqual(self.get_unaccounted(), {"11"})

    def test_a_name_that_is_not_the_owners_is_a_value_of_its_own(self):
        owner = self.job.owner_ids.filtered(lambda o: o.key == "ana@x.example")
        owner.name = "Ana Maria Costa"
        self.run_kinds("verify")
        self.assertEqual(self.get_unaccounted(), {"11"})
