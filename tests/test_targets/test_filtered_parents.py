"""What hangs on a record that a filter leaves out goes to others, or is left out as well."""

from odoo.tests import tagged

from ..common import MigrationCase
from ..digests import get_digest

FILES = {
    "companies__csv": "id,company name\nC1,Alpha\nC2,Beta\n",
    "deals__csv": "id,deal name,status,company id\nD1,Roof,open,C1\nD2,Gate,lost,C2\n",
    "notes__csv": "id,note,deal id,company id\nN1,On an open deal,D1,\n"
    "N2,On a lost deal,D2,\nN3,On both,D2,C2\n",
    "tasks__csv": "id,subject,due date,status,deal id\nT1,Call,2031-01-02,open,D1\n"
    "T2,Ring,2031-01-03,open,D2\n",
    "meetings__csv": "id,subject,start,duration,deal id\n"
    "M1,Visit,2031-01-02 10:00:00,1 h,D1\nM2,Look,2031-01-03 10:00:00,1 h,D2\n",
}


@tagged("post_install", "-at_install")
class TestFilteredParents(MigrationCase):
    def setUp(self):
        super().setUp()
        self.import_files(
            dict(FILES), filters={"deals": [["status", "=", "open"]]}, accept_above=0
        )
        self.run_kinds("discover", "extract")

    def get_states(self):
        self.env.invalidate_all()
        records = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id)]
        )
        return {record.source_id: (record.state, record.problem) for record in records}

    def get_text(self, source_id):
        return (
            self.env["crm.migration.record"]
            .search([("job_id", "=", self.job.id), ("source_id", "=", source_id)])
            .message
        )

    def test_it_goes_where_it_can_or_is_left_out_and_comes_later(self):
        before = get_digest(self.env)
        run = self.run_kinds("load")
        states = self.get_states()
        self.assertEqual(run.failed_count, 0, states)
        for key in ("C1", "C2", "D1", "N1", "N3", "T1", "M1"):
            self.assertEqual(states[key][0], "loaded", key)
        self.assertEqual(states["D2"], ("skipped", "filtered"))
        for key in ("N2", "T2", "M2"):
            self.assertEqual(states[key], ("skipped", "parent_filtered"), key)
            self.assertIn("left out by a filter", self.get_text(key))
        self.assertEqual(self.on_chatter("C2"), ["On both"])
        self.run_kinds("verify")
        sums = self.env["crm.migration.coverage"].search(
            [("job_id", "=", self.job.id), ("kind", "=", "unaccounted")]
        )
        self.assertFalse(sums.mapped(lambda s: (s.stream_id.name, s.field, s.count)))
        self.assertFalse(
            self.env["crm.migration.difference"].search([("job_id", "=", self.job.id)])
        )
        self.assertEqual(self.job.phase, "done")
        # The filter is lifted: just those come.
        stream = self.job.stream_ids.filtered(lambda s: s.name == "deals")
        stream._set_filter([])
        run = self.run_kinds("load")
        states = self.get_states()
        self.assertEqual({s for s, _problem in states.values()}, {"loaded"}, states)
        self.assertEqual((run.created_count, run.failed_count), (4, 0))
        self.run_kinds("verify")
        self.assertFalse(
            self.env["crm.migration.difference"].search([("job_id", "=", self.job.id)])
        )
        self.run_kinds("rollback")
        after = get_digest(self.env)
        self.assertEqual(
            {t for t in after if after[t] != before.get(t)} - {"ir_attachment"}, set()
        )

    def on_chatter(self, source_id):
        link = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("source_id", "=", source_id)]
        )
        record = self.env[link.res_model].browse(link.res_id)
        texts = record.message_ids.mapped("preview")
        return [text for text in texts if text.startswith("On ")]
