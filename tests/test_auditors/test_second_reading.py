"""What reading lost, verification sees: the files are looked at a second time."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MigrationCase
from .fault_files import READING
from .fault_kinds import tell
from .fault_table import DROPPED

CONTACTS = "id,name,zip,email\n" + "".join(
    f"{number},Person {number},0{1000 + number},p{number}@norte.example\n"
    for number in range(1, 13)
)


class FileCase(MigrationCase):
    @classmethod
    def load_file(cls, name, content):
        cls.import_files({name: content})
        with mute_logger("odoo.sql_db"):
            cls.run_kinds("discover", "extract", "load")

    def get_kinds(self):
        with mute_logger("odoo.sql_db"):
            run = self.run_kind("verify")
        self.assertEqual(run.state, "done", run.blocked_reason)
        found = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id), ("record_id", "=", False)]
        )
        return {row.kind: (row.expected, row.found) for row in found}


@tagged("post_install", "-at_install")
class TestFaultsOfReading(FileCase):
    """Each file with the fix undone, while it is read and while it is verified."""

    def test_what_reading_did_wrong_is_found(self):
        for fault in READING:
            with self.subTest(fault.case, sentence=fault.sentence):
                with fault.undo():
                    self.load_file(*fault.make())
                    found = self.get_kinds().keys() & set(fault.found_by)
                tell([(fault.case, fault.sentence, ", ".join(found))])
                self.assertTrue(found)

    def test_read_well_the_same_files_give_no_difference(self):
        for fault in READING:
            with self.subTest(fault.case, sentence=fault.sentence):
                self.load_file(*fault.make())
                self.assertEqual(self.get_kinds(), {})


@tagged("post_install", "-at_install")
class TestSecondReading(FileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.load_file("contacts.csv", CONTACTS.encode())

    def test_a_file_that_was_read_well_gives_no_difference(self):
        self.assertEqual(self.get_kinds(), {})

    def test_a_row_that_was_not_read_is_missed(self):
        record = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id)], limit=1
        )
        record.unlink()
        kinds = self.get_kinds()
        self.assertEqual(kinds["rows_lost"], ("12", "11"))
        tell([(*row, "rows_lost") for row in DROPPED])

    def test_leading_zeros_that_reading_cut_off_are_seen(self):
        self.env.cr.execute(
            "UPDATE crm_migration_record SET payload = payload || "
            "jsonb_build_object('zip', ltrim(payload ->> 'zip', '0')) WHERE job_id = %s",
            [self.job.id],
        )
        self.env.invalidate_all()
        shown, read = self.get_kinds()["zeros_lost"]
        self.assertEqual((shown[0], shown.lstrip("0")), ("0", read))

    def test_a_column_whose_cells_were_lost_is_named(self):
        self.env.cr.execute(
            "UPDATE crm_migration_record SET payload = payload || "
            "jsonb_build_object('email', NULL) WHERE job_id = %s",
            [self.job.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.get_kinds()["cells_lost"], ("12", "0"))

    def test_a_message_that_somebody_has_deleted_since_stops_nothing(self):
        map_ = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("res_model", "=", "res.partner")], limit=1
        )
        partner = self.env["res.partner"].browse(map_.res_id)
        message = partner.message_post(body="Told by the load")
        map_.extras = {"mail.message": [message.id]}
        message.unlink()
        # What its field does not hold is looked for in such messages.
        self.env.cr.execute(
            "UPDATE crm_migration_record SET payload = payload || "
            "jsonb_build_object('email', 'elsewhere@norte.example')"
            " WHERE job_id = %s AND source_id = %s",
            [self.job.id, map_.source_id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.get_kinds(), {})
