"""Several processes find the duplicates that one finds."""

from odoo.tests import tagged

from ...models.phases import match_shared, shared
from .test_slices import COMPANIES
from .test_slices_of_phases import SharedPhasesCase

FOUND = (
    "record_id, stream, kind, other_record_id, res_model, res_id, other_name, score,"
    " evidence, contradiction, is_held"
)
MOST = 5
"""People who may share an address."""


@tagged("post_install", "-at_install")
class TestSharedMatch(SharedPhasesCase):
    def setUp(self):
        super().setUp()
        # Nine at the reception share an address, thrice two are one.
        people = [
            {"id": i, "name": f"Person {i}", "email": "reception@azulejos.example"}
            for i in range(1, 10)
        ]
        people += [
            {
                "id": i,
                "name": f"Rita Søndergård {i % 3}",
                "email": f"r{i % 3}@a.example",
            }
            for i in range(10, 16)
        ]
        self.use_source(companies=COMPANIES, contacts=people)
        self.patch(
            self.registry["crm.migration.phase.match"],
            "_get_largest",
            lambda _phase: MOST,
        )
        self.env["res.partner"].create(
            {"name": "Rita Søndergård 1", "email": "R1@a.example"}
        )
        self.run_kinds("discover", "extract")

    def match(self, workers):
        self.job.workers = workers
        run = self.finish(self.job._start_run("transform"))
        self.assertEqual(run.state, "done", run.blocked_reason)
        told = self.get_rows(
            "crm_migration_message", "field, code, value, text", phase="match"
        )
        return run, (self.get_rows("crm_migration_duplicate", FOUND), told)

    def test_duplicates_are_those_that_one_finds(self):
        _run, alone = self.match(1)
        self.assertGreater(len(alone[0]), 3)
        self.assertEqual({row[1] for row in alone[1]}, {"shared_by_many"})
        self.share("match")
        self.patch(match_shared, "AT_ONCE", 2)
        run, found = self.match(2)
        self.assertEqual(found, alone)
        pieces = self.slices.search([("run_id", "=", run.id)])
        self.assertEqual(sum(pieces.mapped("done_count")), 27)
        self.assertEqual(run.done, run.total)

    def test_many_records_are_given_out_level_by_level(self):
        _run, alone = self.match(1)
        self.share("match")
        self.patch(shared, "LEVEL", 10)
        self.patch(match_shared, "LEVEL", 10)
        _run, found = self.match(2)
        self.assertEqual(found, alone)
