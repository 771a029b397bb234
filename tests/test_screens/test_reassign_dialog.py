"""The dialog in which somebody else takes over: choose, fill in a list, look, do."""

import base64
import csv
import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..test_loading.test_reassign import GHOST, ReassignCase

MANAGER = "crm_migration.crm_migration_group_manager"


@tagged("post_install", "-at_install")
class TestReassignDialog(ReassignCase):
    def setUp(self):
        super().setUp()
        self.load(
            "deals",
            "crm.lead",
            {
                "1": {"name": "A", "user_id": GHOST},
                "2": {"name": "B", "user_id": GHOST},
                "3": {"name": "C", "user_id": {"$owner": "anna"}},
            },
        )
        self.manager = new_test_user(
            self.env, "man@example.test", groups=f"base.group_user,{MANAGER}"
        )

    def open(self, *keys):
        owners = self.env["crm.migration.owner"]
        for key in keys:
            owners |= self.owner(key)
        action = owners.with_user(self.manager).action_reassign()
        return (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .browse(action["res_id"])
        )

    def get_file(self, action):
        file_id = int(action["url"].split("/")[3].split("?")[0])
        return self.env["ir.attachment"].browse(file_id).raw

    def upload(self, wizard, raw):
        wizard.file = base64.b64encode(raw)
        wizard.action_take_over()
        return {line.owner_id.key: line for line in wizard.line_ids}

    def fill_in(self, raw, **texts):
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
        for row in rows[1:]:
            row[-1] = texts.get(row[0], "")
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=";").writerows(rows)
        return buffer.getvalue().encode("utf-8")

    def test_it_counts_looks_and_does(self):
        wizard = self.open("ghost", "anna", "twin")
        counts = {line.owner_id.key: line.count for line in wizard.line_ids}
        self.assertEqual(counts, {"ghost": 2, "anna": 1, "twin": 0})
        with self.assertRaisesRegex(UserError, "at least one owner"):
            wizard.action_preview()
        with Form(wizard) as form:
            form.user_id = self.bea
        self.assertEqual(wizard.line_ids.new_user_id, self.bea)
        self.work_on(self.loaded("deals", "2"), user_id=self.anna.id)
        wizard.action_preview()
        line = wizard.line_ids.filtered(lambda one: one.owner_id.key == "ghost")
        self.assertEqual((line.moved_count, wizard.is_previewed), (1, True))
        self.assertIn("1 reference stays", line.problem)
        wizard.action_reassign()
        self.env.invalidate_all()
        self.assertEqual(self.loaded("deals", "1").user_id, self.bea)
        self.assertEqual(self.loaded("deals", "2").user_id, self.anna)
        reasons = dict(self.job.owner_ids.mapped(lambda one: (one.key, one.reason)))
        self.assertEqual(reasons["ghost"], f"Reassigned by {self.manager.name}.")
        done = self.env["crm.migration.reassignment"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertEqual((done.user_id, done.moved_count), (self.manager, 2))
        self.assertEqual(self.job.reassignment_count, 1)
        answer = done.with_user(self.manager).action_undo()
        self.assertIn("2 references have", answer["params"]["message"])

    def test_a_list_goes_out_and_comes_back(self):
        for method in ("action_download", "action_download_csv"):
            wizard = self.open("ghost", "anna", "twin")
            raw = self.get_file(getattr(wizard, method)())
            if method == "action_download":
                book = load_workbook(io.BytesIO(raw))
                sheet = book.worksheets[0]
                heads = [cell.value for cell in sheet[1]]
                self.assertEqual((heads[0], heads[-1]), ("Source ID", "New User"))
                for row in sheet.iter_rows(min_row=2):
                    row[-1].value = {"ghost": "BEA berg"}.get(row[0].value)
                buffer = io.BytesIO()
                book.save(buffer)
                raw = buffer.getvalue()
            else:
                raw = self.fill_in(raw, ghost="Bea@Example.test")
            lines = self.upload(wizard, raw)
            self.assertEqual(lines["ghost"].new_user_id, self.bea, method)
            self.assertFalse(lines["anna"].new_user_id)
            self.assertEqual((lines["ghost"].moved_count, wizard.report), (2, False))

    def test_each_row_that_cannot_is_told(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        new_test_user(
            self.env,
            "away@example.test",
            name="Away",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
            groups="base.group_user",
        )
        for login in ("one@example.test", "two@example.test"):
            new_test_user(self.env, login, name="Same Name", groups="base.group_user")
        new_test_user(self.env, "portal@example.test", groups="base.group_portal")
        wizard = self.open("ghost")
        rows = [
            ["Source ID", "New User"],
            ["ghost", "Nobody Here"],
            ["ghost", "away"],
            ["ghost", "same name"],
            ["ghost", "portal@example.test"],
            ["nix", "bea"],
            ["ghost", "bea@example.test"],
            ["ghost", "one@example.test"],
            ["", ""],
        ]
        raw = "\r\n".join(";".join(row) for row in rows).encode("cp1252")
        lines = self.upload(wizard, raw)
        told = wizard.report.split("\n")
        self.assertEqual(len(told), 6)
        for sentence, word in zip(
            told,
            (
                "Row 2: No user in Odoo",
                "Row 3: Away may not enter",
                "Row 4: Several users are called",
                "Row 5: portal",
                "Row 6: No owner",
                "Row 8: An earlier row",
            ),
            strict=True,
        ):
            self.assertIn(word, sentence)
        self.assertEqual(lines["ghost"].new_user_id, self.bea)
        self.assertTrue(wizard.is_previewed)

    def test_what_is_no_list_is_refused(self):
        wizard = self.open("ghost")
        for raw in (b"\x00\xff\x81", b"PK\x03\x04 broken", b"", b"a,b\n1,2"):
            wizard.file = base64.b64encode(raw) or False
            with self.assertRaises(UserError):
                wizard.action_take_over()

    def test_only_the_managers_own_dialog(self):
        wizard = self.open("ghost")
        stranger = new_test_user(
            self.env, "man2@example.test", groups=f"base.group_user,{MANAGER}"
        )
        for method in ("action_preview", "action_reassign", "action_download"):
            with self.assertRaises(AccessError):
                getattr(wizard.with_user(stranger), method)()
        with self.assertRaises(AccessError):
            wizard.line_ids.write({"count": 7})
        other = self.job.copy({"name": "Other"})
        foreign = self.env["crm.migration.owner"].create(
            {"job_id": other.id, "key": "ghost"}
        )
        wizard.line_ids.owner_id = foreign
        wizard.line_ids.new_user_id = self.bea
        with self.assertRaisesRegex(UserError, "another migration"):
            wizard.action_reassign()
        with self.assertRaises(AccessError):
            wizard.write({"is_previewed": True})

    def test_all_of_the_list_without_a_selection(self):
        model = self.env["crm.migration.owner"].with_user(self.manager)
        action = model.with_context(
            active_domain=[("job_id", "=", self.job.id)]
        ).action_reassign()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(len(wizard.line_ids), 3)
