"""However many records a rollback takes back at once, it asks the same questions."""

from odoo.tests import tagged

from ..common import CrmMigrationCase, FakeSource
from ..digests import get_digest
from .test_rollback_kept import MAPPINGS, STREAMS


@tagged("post_install", "-at_install")
class TestRollbackMany(CrmMigrationCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.patch(FakeSource, "streams", STREAMS)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)

    def load_and_take_back(self, number):
        """Load so many of each; return how many queries it takes to take them back."""
        keys = range(1, number + 1)
        self.use_source(
            companies=[{"id": n, "name": f"Firm {n}"} for n in keys],
            deals=[{"id": n, "name": f"Deal {n}", "company": n} for n in keys],
            notes=[{"id": n, "text": "Note", "deal": n, "by": n} for n in keys],
            todos=[
                {"id": n, "text": "Ring", "due": "2031-01-02", "deal": n} for n in keys
            ],
            meetings=[
                {
                    "id": n,
                    "text": "Visit",
                    "start": "2031-01-02 10:00:00",
                    "stop": "2031-01-02 11:00:00",
                    "deal": n,
                }
                for n in keys
            ],
        )
        self.run_kinds("discover", "extract", "load")
        links = self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])
        self.assertEqual(len(links), 5 * number)
        before = self.env.cr.sql_log_count
        run = self.run_kinds("rollback")
        self.assertEqual(run.done, 5 * number)
        self.assertFalse(links.exists())
        return self.env.cr.sql_log_count - before

    def test_ten_times_as_many_take_no_more_queries(self):
        before = get_digest(self.env)
        self.load_and_take_back(3)  # what is only asked once is known from here on
        few, many = self.load_and_take_back(3), self.load_and_take_back(30)
        # Odoo itself may look at a few things once more, of none of them record by record.
        self.assertLess(many - few, 27)
        after = get_digest(self.env)
        self.assertEqual({n for n in after if after[n] != before.get(n)}, set())

    def test_each_link_is_looked_at_without_the_values_that_were_loaded(self):
        """They are many times as much as what a rollback wants of a link."""
        self.use_source(companies=[{"id": n, "name": f"Firm {n}"} for n in (1, 2)])
        self.run_kinds("discover", "extract", "load")
        phase = self.env["crm.migration.phase.rollback"]
        self.env.invalidate_all()
        maps = phase._get_next(self.job.run_id, "take", None)
        self.assertEqual(len(maps), 2)
        for name, known in (("extras", True), ("res_id", True), ("loaded", False)):
            field = maps._fields[name]
            cached = set(field._get_cache(self.env)) & set(maps.ids)
            self.assertEqual(bool(cached), known, name)

    def test_neighbors_of_a_model_go_together_in_their_order(self):
        maps = self.env["crm.migration.id.map"]
        for number, model in enumerate(
            ("res.partner", "res.partner", "crm.lead", "res.partner")
        ):
            maps |= maps.create(
                {
                    "job_id": self.job.id,
                    "stream": "companies",
                    "source_id": str(number),
                    "res_model": model,
                    "res_id": number + 1,
                    "outcome": "created",
                    "rollback_action": "delete",
                }
            )
        groups = self.env["crm.migration.phase.rollback"]._list_neighbors(maps)
        self.assertEqual(
            [group.mapped("source_id") for group in groups], [["0", "1"], ["2"], ["3"]]
        )
