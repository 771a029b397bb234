"""A migration that has been read, and a reviewer who looks at it."""

from odoo.tests import new_test_user

from .common import CrmMigrationCase

REVIEWER = "crm_migration.crm_migration_group_reviewer"


class ReviewCase(CrmMigrationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"base.group_user,sales_team.group_sale_salesman_all_leads,{REVIEWER}"
        cls.reviewer = new_test_user(cls.env, "reviewer", groups=groups)

    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[
                {
                    "id": 1,
                    "name": "Söderström & Co 🏗",
                    "email": "info@s.example",
                    "owner": "ana@s.example",
                    "colour": "blue",
                    "turnover": 12,
                    "created_at": "2020-02-29 23:59:59",
                },
                {"id": 2, "name": "", "email": "not one", "owner": "zoë@gone.example"},
                {"id": 3, "name": "شركة النور", "email": "", "colour": "red"},
            ],
            contacts=[
                {"id": 7, "name": "O'Neill", "email": "o@s.example", "company_id": 1},
                {"id": 8, "name": "佐藤", "email": "k@s.example", "company_id": 3},
            ],
        )
        self.run_kind("discover")
        self.run_kind("extract")
        self.company = self.staged("companies")[0]
        self.nameless = self.staged("companies")[1]

    def as_reviewer(self, records):
        return records.with_user(self.reviewer)

    def get_line(self, source, stream="companies"):
        return self.job.mapping_ids.line_ids.filtered(
            lambda line: line.source == source and line.mapping_id.stream == stream
        )

    def get_row(self, record, target):
        return next(row for row in record.comparison if row["target"] == target)
