"""A migration that is read, loaded, and read again."""

from ..common import CrmMigrationCase

COMPANIES = [
    {"id": i, "name": f"Casa {i}", "email": f"ola@casa{i}.test"} for i in range(1, 6)
]
DEALS = [
    {"id": 1, "title": "Obra", "amount": "100", "company_id": 1},
    {"id": 2, "title": "Ponte", "amount": "200", "company_id": 2},
]


class ReadingCase(CrmMigrationCase):
    def load_all(self, companies=COMPANIES, deals=DEALS):
        self.use_source(companies=companies, deals=deals)
        for kind in ("discover", "extract", "load", "verify"):
            run = self.run_kind(kind)
            self.assertEqual(run.state, "done", run.blocked_reason)

    def read_again(self, companies=COMPANIES, deals=DEALS):
        self.use_source(companies=companies, deals=deals)
        self.job.action_read_again()
        self.work(self.job.run_id)
        return self.job.run_id

    def load_changes(self):
        run = self.run_kind("load")
        self.assertEqual(run.state, "done", run.blocked_reason)
        return {row.stream_id.name: row for row in run.result_ids}

    def get_stream(self, name):
        return self.job.stream_ids.filtered(lambda s: s.name == name)

    def get_vanished(self):
        records = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("vanished_at", "!=", False)]
        )
        return {(record.stream, record.source_id) for record in records}
