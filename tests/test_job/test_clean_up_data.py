"""What was read, the files and the credentials go, and the migration goes on without them."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ...wizards.documents.document import make_sections
from ..clean_up_common import CleanUpCase
from ..common import MigrationCase

HIDDEN, SECRET = "hidden-payload-ÿ", "s3cr3t-of-zeta"
READ = (("data", "payloads"), ("data", "values"))
COMPANIES = "id;Company;City\n1;Alpha;Porto\n2;Beta;Lund\n"
CONTACTS = "id;Name;Company Name\n1;Ann;Alpha\n2;Bo;Beta\n"


@tagged("post_install", "-at_install")
class TestCleanUpData(CleanUpCase):
    def setUp(self):
        super().setUp()
        self.change("companies", 1, inner=HIDDEN)
        self.job._set_settings({"url": "https://crm.example", "token": SECRET})

    def migrate(self):
        self.run_kinds("discover")
        lines = self.job.mapping_ids.line_ids.filtered(
            lambda line: line.source == "inner"
        )
        self.env["crm.migration.mapping.ignore"].create(
            {"line_ids": [(6, 0, lines.ids)], "reason": "Not needed"}
        ).action_ignore()
        self.job.mapping_ids.line_ids.filtered("is_custom")._accept_custom()
        self.run_kinds("extract", "load", "verify")

    def find(self, text):
        """Return the tables of the migration in whose rows a text stands."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relname LIKE 'crm_migration%' ORDER BY relname"
        )
        found = []
        for (name,) in self.env.cr.fetchall():
            rows = self.env.execute_query(
                SQL(
                    "SELECT count(*) FROM %s AS row WHERE row::text LIKE %s",
                    SQL.identifier(name),
                    f"%{text}%",
                )
            )
            if rows[0][0]:
                found.append(name)
        return found

    def test_nothing_of_it_is_left_and_it_can_be_asked_again(self):
        self.migrate()
        self.assertIn("crm_migration_record", self.find(HIDDEN))
        pieces = self.pieces("data")
        self.assertEqual(set(pieces), {"payloads", "values", "credentials"})
        self.assertEqual(pieces["payloads"]["count"], 9)
        self.assertGreater(pieces["payloads"]["size"], 100)
        self.clean(*READ, ("data", "credentials"))
        self.assertEqual(self.find(HIDDEN), [])
        self.assertFalse(self.job.has_credentials)
        self.assertTrue(self.job.active)
        self.assertFalse(self.job.closed_at)
        self.assertFalse(self.offered("data"))
        self.assertIn("Wiped", self.job.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "nothing more"):
            self.job._clean_up(set(READ))

    def test_values_do_not_go_alone(self):
        self.migrate()
        with self.assertRaisesRegex(UserError, "or neither"):
            self.clean(READ[1])
        self.clean(READ[0])
        self.clean(READ[1])
        self.assertFalse(self.offered("data") - {"credentials"})

    def test_changes_are_read_and_loaded_what_is_unchanged_stays_wiped(self):
        self.migrate()
        first = self.migrated("companies", "1")
        first.comment = "A person's work"
        self.clean(*READ)
        self.change("companies", 2, name="Ek & Co")
        self.change("companies", 3, name="Nygård")
        self.change("deals", 3, name="Door", company=1, labels=[3], stage="Drawn")
        self.run_kind("extract", {"again": True})
        self.assertEqual(self.job.run_id.state, "done", self.job.run_id.blocked_reason)
        self.run_kinds("load")
        run = self.job.run_id
        self.assertEqual((run.created_count, run.updated_count), (2, 1))
        self.assertEqual(self.migrated("companies", "2").name, "Ek & Co")
        deal = self.migrated("deals", "3")
        self.assertEqual(deal.partner_id, first, "a link to what is wiped")
        self.assertEqual(deal.tag_ids, self.migrated("labels", "3"))
        self.assertIn("A person's work", first.comment)
        wiped = self.staged("companies").filtered("is_wiped")
        self.assertEqual(wiped.mapped("source_id"), ["1"])
        self.assertEqual(self.find(HIDDEN), [])
        self.assertFalse(self.get_messages("wiped_unconverted"))

    def test_a_conflict_is_still_found(self):
        self.migrate()
        self.clean(*READ)
        company = self.migrated("companies", "2")
        self.env.cr.execute(
            "UPDATE crm_migration_id_map SET watermark = watermark - INTERVAL '1 hour'"
        )
        self.env.invalidate_all()
        company.name = "Ek (Lund)"
        self.change("companies", 2, name="Ek & Co")
        self.run_kind("extract", {"again": True})
        self.run_kinds("load")
        self.assertEqual(company.name, "Ek (Lund)")
        conflict = self.env["crm.migration.conflict"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertEqual(
            (conflict.then_text, conflict.theirs_text, conflict.mine_text),
            ("Ek", "Ek & Co", "Ek (Lund)"),
        )
        self.assertNotIn("conflicts", self.pieces("data"), "it is open")
        conflict.action_keep_odoo()
        self.run_kinds("load")
        self.assertEqual(conflict.state, "settled")
        self.assertEqual(self.pieces("data")["conflicts"]["count"], 1)
        self.clean(("data", "conflicts"))
        self.assertFalse(
            conflict.then_text or conflict.theirs_text or conflict.mine_text
        )
        self.assertTrue(conflict.decided_by_id)
        self.assertEqual(company.name, "Ek (Lund)")

    def test_a_verification_adds_up_and_says_what_it_left_out(self):
        self.migrate()
        before = self.job._get_coverage()
        self.assertTrue(before["field"] and before["left_out"])
        compared = self.job.run_id.compared_count
        self.clean(READ[0])
        self.run_kinds("verify")
        self.assertEqual(self.job.run_id.compared_count, compared)
        self.assertFalse(self.job.difference_count)
        self.job.invalidate_recordset()
        self.assertEqual(self.job._get_coverage(), before)
        line = self.job.run_id.result_ids.filtered(
            lambda r: r.stream_id.name == "companies"
        )
        self.assertTrue(line.in_fields_count and line.left_out_count)
        self.assertIn("2 records", self.get_messages("wiped_accounted").filtered(
            lambda m: m.stream == "companies").text)  # fmt: skip
        self.change("companies", 3, name="Nygård", inner=HIDDEN)
        self.read_changes()
        self.run_kinds("verify")
        self.job.invalidate_recordset()
        again = self.job._get_coverage()
        self.assertGreater(again["field"], before["field"])
        self.assertEqual(again["left_out"], before["left_out"] + 1)
        self.run_kinds("verify")
        self.job.invalidate_recordset()
        self.assertEqual(self.job._get_coverage(), again)
        self.clean(*READ)
        self.run_kinds("verify")
        self.job.invalidate_recordset()
        self.assertEqual(self.job._get_coverage(), again)
        self.assertEqual(self.job.run_id.compared_count, 0)
        told = self.get_messages("wiped_uncompared").filtered(
            lambda m: m.stream == "companies"
        )
        self.assertIn("3 records", told.text)

    def test_what_failed_or_was_left_out_is_accounted_for_once(self):
        self.change("companies", 4, name="", inner="Fourth")
        self.change("companies", 5, name="Fifth", inner="Fifth", tags="Slate")
        self.run_kinds("discover")
        self.job.mapping_ids.line_ids.filtered("is_custom")._accept_custom()
        self.run_kinds("extract")
        self.staged("companies").filtered(lambda r: r.source_id == "5")._skip("No")
        self.run_kinds("load", "verify")
        before = self.get_coverage()
        self.clean(READ[0])
        self.run_kinds("verify")
        self.assertEqual(self.get_coverage(), before, "the failed one is not wiped")
        self.run_kinds("verify")
        self.assertEqual(self.get_coverage(), before, "once is enough")
        self.read_changes()
        left_out = self.staged("companies").filtered(lambda r: r.source_id == "5")
        self.assertFalse(left_out.is_wiped, "it was read again")
        self.run_kinds("verify")
        self.assertEqual(self.get_coverage(), before, "so was what had been left out")
        self.clean(READ[0])
        self.run_kinds("verify")
        self.assertEqual(self.get_coverage(), before)
        # One that is new since is not taken out of what was counted before it.
        self.change("companies", 6, name="Sixth", inner="Sixth")
        self.read_changes()
        self.run_kinds("verify")
        self.assertGreater(sum(self.get_coverage().values()), sum(before.values()))

    def test_what_is_wiped_of_one_object_leaves_the_account_of_another(self):
        self.change("companies", 4, name="", inner="Fourth")
        self.migrate()
        self.clean(READ[0])
        self.run_kinds("verify")
        self.change("deals", 3, name="Door", company=1, stage="Drawn")
        self.read_changes()
        self.run_kinds("verify")
        before = self.get_coverage()
        self.clean(READ[0])
        self.run_kinds("verify")
        self.assertEqual(self.get_coverage(), before)

    def test_what_was_still_waiting_is_no_gap_for_ever(self):
        self.migrate()
        before = self.get_coverage()
        self.change("companies", 6, name="Sixth", inner="Sixth")
        self.run_kind("extract", {"again": True})
        self.run_kinds("verify")
        self.assertTrue(self.get_coverage()["unaccounted"], "it waits")
        self.clean(READ[0])
        self.run_kinds("load", "verify")
        self.assertFalse(self.get_coverage()["unaccounted"])
        self.assertGreater(self.get_coverage()["field"], before["field"])

    def get_coverage(self):
        self.env.flush_all()
        self.job.invalidate_recordset()
        return self.job._get_coverage()

    def test_what_is_not_compared_any_more_is_said_wherever_the_result_is(self):
        self.migrate()
        said = "The values of 9 loaded records are wiped and cannot be compared"
        self.assertNotIn(said, "\n".join(self.call_replay("verify")[1]))
        self.clean(*READ)
        self.assertIn(said, "\n".join(self.call_replay("verify")[1]))
        posted = self.job.message_ids.filtered(lambda m: "Verification" in m.body)[:1]
        self.assertIn(said, posted.body)
        self.assertNotIn("No value differs", posted.body)
        sections = make_sections(self.job, ["differences"])
        self.assertIn(said, str([section.texts for section in sections]))

    def test_a_change_of_the_mapping_says_whom_it_does_not_reach(self):
        self.migrate()
        self.clean(*READ)
        self.change("companies", 3, name="nygård")
        line = self.job.mapping_ids.line_ids.filtered(
            lambda line: line.model_name == "res.partner" and line.target == "name"
        )
        line.steps = [["lower"]]
        self.read_changes()
        told = self.get_messages("wiped_unconverted")
        self.assertIn("companies", told.mapped("stream"))
        self.assertEqual(self.migrated("companies", "1").name, "Söderström")
        self.assertEqual(self.migrated("companies", "3").name, "nygård")

    def test_a_tag_that_is_named_again_comes_with_what_names_it(self):
        self.migrate()
        self.clean(("records", "crm.tag"))
        self.change("deals", 2, labels=[1, 3])
        action = self.job.action_ask_fetch()
        dialog = self.env[action["res_model"]].with_context(**action["context"])
        deals = self.job.stream_ids.filtered(lambda s: s.name == "deals")
        dialog = dialog.create({"stream_id": deals.id, "source_id": "2"})
        dialog.action_fetch()
        self.assertIn("Labels 3", dialog.missing_text)
        dialog.missing_ids.action_fetch()
        self.assertFalse(dialog.missing_text)
        found = dialog.object_ids.mapped(lambda o: (o.stream_id.name, o.fate, o.count))
        self.assertEqual(found, [("labels", "new", 1)])
        dialog.action_load()
        self.work(self.job.run_id)
        self.env.invalidate_all()
        names = self.migrated("deals", "2").tag_ids.mapped("name")
        self.assertEqual(sorted(names), ["Label 1", "Label 3"])

    def test_what_is_still_to_be_loaded_keeps_its_data(self):
        self.change("companies", 4, name="")
        self.migrate()
        self.assertIn("1 record that is", self.pieces("data")["payloads"]["note"])
        self.clean(*READ)
        failed = self.staged("companies").filtered(lambda r: r.state == "failed")
        self.assertTrue(failed.payload)
        failed._edit("", "name", "Window")
        self.run_kinds("load")
        self.assertEqual(self.migrated("companies", "4").name, "Window")

    def test_what_needs_the_payload_is_refused_in_words(self):
        self.change("companies", 3, name="Nygård")
        self.run_kinds("discover")
        self.job.mapping_ids.line_ids.filtered("is_custom")._accept_custom()
        self.run_kinds("extract")
        skipped = self.staged("companies").filtered(lambda r: r.source_id == "3")
        skipped._skip("Not a customer")
        self.run_kinds("load", "verify")
        self.clean(*READ)
        for call in (
            skipped.action_undo_skip,
            lambda: self.staged("companies")[0]._edit("", "name", "New"),
            self.staged("companies")[0]._requeue,
        ):
            with self.assertRaisesRegex(UserError, "is wiped"):
                call()
        self.assertEqual(skipped.state, "skipped")
        with self.assertRaisesRegex(UserError, "is wiped: nothing of the source"):
            self.env["crm.migration.spot.check"]._draw(self.job, 2, "seed")
        self.read_changes()
        self.assertFalse(skipped.is_wiped, "it was read again")
        skipped.action_undo_skip()
        self.run_kinds("load")
        self.assertEqual(self.migrated("companies", "3").name, "Nygård")

    def test_it_can_be_closed_and_rolled_back_afterwards(self):
        self.migrate()
        company = self.migrated("companies", "1")
        self.clean(*READ, ("data", "credentials"))
        self.job._close()
        self.assertEqual(self.find(HIDDEN), [])
        self.run_kinds("rollback")
        self.assertFalse(company.exists())

    def test_the_command_line_prints_then_does(self):
        self.migrate()
        status, said = self.call_replay("cleanup")
        self.assertEqual(status, 2)
        text = "\n".join(said)
        self.assertIn("Motto", text)
        self.assertIn("Label 3", text)
        self.assertIn("What was read", text)
        self.assertIn("--confirm", said[-1])
        self.assertIn("x_motto", self.field_names())
        status, said = self.call_replay("cleanup", only="fields,nothing", confirm=True)
        self.assertEqual(status, 2)
        self.assertIn("payloads, files, credentials", said[0])
        status, said = self.call_replay(
            "cleanup", only="records, credentials", confirm=True
        )
        self.assertEqual(status, 0, said)
        self.assertFalse(self.offered("records"))
        self.assertFalse(self.job.has_credentials)
        self.assertIn("x_motto", self.field_names())
        self.job._close()
        status, said = self.call_replay("cleanup", confirm=True)
        self.assertEqual(status, 0, said)
        self.assertFalse(self.field_names())
        status, said = self.call_replay("cleanup", confirm=True)
        self.assertEqual((status, said[-1]), (0, "There is nothing more to clean up."))


@tagged("post_install", "-at_install")
class TestCleanUpFiles(MigrationCase):
    def test_newer_files_still_find_whom_they_name(self):
        self.addCleanup(setattr, type(self), "job", self.job)
        self.import_files({"companies__csv": COMPANIES, "contacts__csv": CONTACTS})
        self.run_kinds("discover", "extract", "load", "verify")
        keys = {p["key"] for p in self.job._find_pieces() if p["kind"] == "data"}
        self.assertLessEqual({"payloads", "values", "files"}, keys)
        self.job._clean_up({("data", key) for key in keys})
        self.assertFalse(self.job.file_ids)
        gone = "removed after they had been read"
        for ask in (
            "action_show_connection",
            "action_propose_anew",
            "action_ask_fetch",
        ):
            with self.assertRaisesRegex(UserError, gone):
                getattr(self.job, ask)()
        self.assertFalse(self.job._get_blocking_checks(), "what was read can be loaded")
        self.assertFalse([p for p in self.job._find_pieces() if p["kind"] == "data"])
        self.run_kinds("verify")
        self.assertFalse(self.job.difference_count)
        newer = {
            "companies__csv": COMPANIES,
            "contacts__csv": CONTACTS + "3;Cid;Alpha\n4;Dag;Beta\n",
        }
        newer["companies__csv"] += "3;Beta;Oslo\n"
        self.job._replace_files(self.upload(newer))
        self.run_kind("extract", {"again": True})
        self.assertEqual(self.job.run_id.state, "done", self.job.run_id.blocked_reason)
        self.run_kinds("load", "verify")
        contacts = self.env["res.partner"].search([("name", "=", "Cid")])
        self.assertEqual(contacts.parent_id.name, "Alpha")
        unclear = self.env["res.partner"].search([("name", "=", "Dag")])
        self.assertFalse(unclear.parent_id, "two are called so, one of them is wiped")
        self.job._clean_up({("data", "payloads"), ("data", "values")})
        records = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id)]
        )
        left = {name for payload in records.mapped("payload") for name in payload}
        self.assertEqual(left, {"Company"}, "by which contacts name a company")
        self.job._close()
        self.assertEqual([p for p in records.mapped("payload") if p], [])
        self.assertFalse(self.job.difference_count)
