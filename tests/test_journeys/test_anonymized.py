"""A rehearsal with anonymized people: the same sums and links, and nobody's data anywhere.

What was planted in the source is looked for in every row of every table and in every
file; the same look finds it once the migration runs without the option.
"""

import base64
import csv
import io
import json
import secrets
import zipfile

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...connectors.anonymize import kinds
from ..common import MigrationCase
from ..scan import find_in_tables
from .anonymized_common import Scanned
from .journey_common import Connected
from .journey_systems import ConcordSystem, FilesSystem

RUN = "".join(secrets.choice("bdfgklmnprstvz") + "u" for _place in range(4))
"""Another one at each run: files of earlier runs may lie about."""


def token(name):
    return f"{name}{RUN}"


def table(*rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


NAME, LAST, FIRM = token("Zyxqua"), token("Vrelm"), token("Quorbis")
STREET, SENTENCE, NESTED = token("Blimstrasse"), token("Plimdor"), token("Wrexnub")
OWNER, CARD, DOCUMENT = token("Ozmint"), token("Flurbwick"), token("Snarkle")
INSIDE, MEMBER, HOBBY = token("Grimbel"), token("Trundo"), token("Xandil")
PHONE = "".join(str(3 + secrets.randbelow(7)) for _place in range(7))


@tagged("post_install", "-at_install")
class TestAnonymizedFiles(Scanned, Connected, FilesSystem, MigrationCase):
    allow_inherited_tests_method = True
    tokens = (
        *(NAME, LAST, FIRM, STREET, SENTENCE, NESTED, OWNER, CARD, DOCUMENT, INSIDE),
        *(MEMBER, HOBBY, PHONE),
    )

    @classmethod
    def make_files(cls):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr(
                f"deals/D1/Offer for {DOCUMENT}.txt", f"Dear {INSIDE}, we offer …"
            )
            file.writestr("deals/D2/Plan.pdf", f"%PDF-1.4 {INSIDE}")
        deals = [
            {
                "id": f"D{number}",
                "name": f"Roof for {NAME}" if number % 2 else f"Slate {number}",
                "amount": number * 100 + 0.5,
                "stage": "Won" if number % 4 else "Proposal",
                "contact_id": f"P{number}",
                "tags": f"friend of {NAME}" if number % 3 else "Slate",
                "owner": f"{OWNER}@{FIRM}.de",
                "created_at": "2025-03-04 10:00",
                "extra": {
                    "who": {"deep": [f"{NESTED} called", {"phone": f"0170 {PHONE}"}]}
                },
            }
            for number in range(1, 13)
        ]
        people = [
            ["id", "first name", "last name", "email", "phone", "company", "street"]
            + [
                "zip",
                "city",
                "birthday",
                "Hobby of the wife",
                "IBAN",
                "notes",
                "owner",
            ],
            *(
                [
                    *(f"P{number}", f"{NAME} {number}", LAST),
                    f"{NAME}.{LAST}{number}@{FIRM}.de".lower(),
                    *(f"+49 170 {PHONE}", f"{FIRM} GmbH", f"{STREET} {number}"),
                    *("76131", "Karlsruhe", "1980-05-17", f"{HOBBY} and chess"),
                    *("DE89370400440532013000", f"<b>{SENTENCE}</b> met {LAST}."),
                    f"{OWNER}@{FIRM}.de",
                ]
                for number in range(1, 13)
            ),
        ]
        notes = [
            ["id", "note", "contact id", "created at"],
            *(
                [
                    f"N{n}",
                    f"{SENTENCE} said so,\ncall 0170 {PHONE}",
                    f"P{n}",
                    "2025-04-05 09:30",
                ]
                for n in range(1, 7)
            ),
        ]
        photo = base64.b64encode(CARD.encode() * 40).decode()
        card = (
            f"BEGIN:VCARD\nVERSION:3.0\nFN:{CARD} {MEMBER}\nN:{MEMBER};{CARD};;;\n"
            f"EMAIL:{CARD}@{MEMBER}.com\nTEL:+49 171 {PHONE}\nNOTE:{SENTENCE}\n"
            f"PHOTO;ENCODING=b;TYPE=JPEG:{photo}\nEND:VCARD\n"
        )
        return cls.upload(
            {
                "contacts.csv": table(*people),
                "notes.csv": table(*notes),
                "deals.json": json.dumps(deals),
                "friends.vcf": card,
                "documents.zip": archive.getvalue(),
            }
        )

    def use(self, job):
        self.addCleanup(setattr, type(self), "job", self.job)
        type(self).job = job

    def test_the_same_person_is_the_same_everywhere(self):
        person = self.migrated("contacts", "P1")
        deal = self.migrated("deals", "D1")
        self.assertEqual(deal.partner_id, person)
        first, last = person.name.split()[0], person.name.split()[-1]
        self.assertIn(first.lower(), person.email)
        self.assertIn(last.lower(), person.email)
        self.assertIn(first, deal.name)
        self.assertTrue(person.phone.startswith("+49 170"), person.phone)

    def test_newer_files_bring_the_same_people_and_nothing_new(self):
        gone = "removed once they were read"
        for ask in ("action_read_again", "action_show_connection", "action_ask_fetch"):
            with self.assertRaisesRegex(UserError, gone):
                getattr(self.job, ask)()
        self.assertFalse(self.job._get_blocking_checks(), "what was read can be loaded")
        self.job._replace_files(self.make_files())
        self.run_kinds("extract")
        changed = self.job.stream_ids.mapped(
            lambda s: (s.name, s.new_count, s.changed_count)
        )
        self.assertFalse([each for each in changed if each[1] or each[2]])
        self.assertEqual(find_in_tables(self.env, self.tokens), {})

    def test_what_was_wiped_is_asked_for_in_a_sentence(self):
        self.job._replace_files(self.make_files())
        self.job._set_settings({"note": "x"})
        [piece] = [p for p in self.job._find_pieces() if p["key"] == "credentials"]
        self.assertIn("secret", piece["note"])
        self.job._clean_up({("data", "credentials")})
        run = self.run_kind("extract", {"again": True})
        self.assertEqual(run.state, "blocked")
        self.assertIn("wiped", run.blocked_reason)

    def test_a_member_that_is_left_out_is_found(self):
        """The proof that the scan would see it: what is called so stays as it is."""
        self.patch(kinds, "_LISTED", kinds._LISTED | {"wife"})
        kinds.kind_of_name.cache_clear()
        self.addCleanup(kinds.kind_of_name.cache_clear)
        self.use(self.create_job(anonymize=True))
        self.run_kinds("discover", "extract")
        self.assertIn("crm_migration_record", find_in_tables(self.env, [HOBBY]))

    def test_it_is_chosen_before_anything_is_read(self):
        anonymized, real = self.job, self.create_job()
        self.use(real)
        self.run_kinds("discover")
        for job in (anonymized, real):
            with self.assertRaisesRegex(UserError, "chosen before"):
                job.anonymize = not job.anonymize
        with self.assertRaisesRegex(ValidationError, "only one of them"):
            real.predecessor_id = anonymized

    def test_the_dialog_shows_invented_people_and_keeps_no_others(self):
        start = self.env["crm.migration.job.start"].create(
            {
                "source": "spreadsheet",
                "anonymize": True,
                "file_ids": [(6, 0, self.make_files().ids)],
            }
        )
        self.assertTrue(start._check(), start.finding_ids.mapped("text"))
        rows = [row for shown in start.preview for row in shown.get("rows", ())]
        self.assertTrue(rows)
        self.assertNotIn(NAME, json.dumps(rows))
        job = self.env["crm.migration.job"].browse(start.action_start()["res_id"])
        self.assertTrue(job.anonymize)
        self.use(job)
        self.work(job.run_id)
        self.assertEqual(job.run_id.state, "done", job.run_id.blocked_reason)
        # Nothing is extracted yet, and the files lie on the disk alone.
        self.assertTrue(job.file_ids)
        self.assertEqual(find_in_tables(self.env, self.tokens), {})

    def test_closing_wipes_the_secret(self):
        self.assertTrue(self.job.anonymize_salt)
        self.job._close()
        self.assertFalse(self.job.anonymize_salt)
        with self.assertRaisesRegex(UserError, "closed"):
            self.job.action_read_again()

    def test_owners_of_a_plan_are_those_that_are_read(self):
        owners = self.job.owner_ids.mapped("key")
        self.assertTrue(owners)
        key = f"{OWNER}@{FIRM}.de"
        plan = {
            **self.job._export_plan(with_sign_offs=False),
            "owners": [{"key": key, "decision": "empty"}],
            "continues": self.job.name,
        }
        again = self.env["crm.migration.job"]._import_plan(
            plan, None, self.make_files()
        )
        self.assertEqual(again.predecessor_id, self.job)
        self.assertEqual(again._get_salt(), self.job._get_salt())
        self.assertIn(again.plan["owners"][0]["key"].lower(), map(str.lower, owners))
        self.assertEqual(find_in_tables(self.env, [OWNER]), {})

    def test_the_plan_and_the_documents_say_so(self):
        plan = self.job._export_plan()
        self.assertTrue(plan["options"]["anonymize"])
        again = self.env["crm.migration.job"]._import_plan(
            plan, None, self.make_files()
        )
        self.assertTrue(again.anonymize)
        with self.assertRaisesRegex(UserError, "options.anonymize"):
            plan["options"]["anonymize"] = "yes"
            self.env["crm.migration.job"]._import_plan(plan)


@tagged("post_install", "-at_install")
class TestAnonymizedConcord(Scanned, Connected, ConcordSystem, MigrationCase):
    allow_inherited_tests_method = True
    tokens = (NAME, LAST, STREET, SENTENCE, OWNER, FIRM)
    planted = {
        "contacts": {"last_name": LAST, "street": STREET},
        "companies": {"name": FIRM, "street": STREET},
        "notes": {"body": f"<p>{SENTENCE}</p>"},
        "calls": {"body": f"<p>{SENTENCE}</p>"},
        "activities": {"title": SENTENCE, "note": f"<p>{NAME}</p>"},
        "deals": {"name": NAME},
        "users": {"name": OWNER},
    }

    def test_a_second_reading_meets_the_same_people(self):
        self.run_kind("extract", {"again": True})
        found = self.job.stream_ids.mapped(
            lambda s: (s.name, s.new_count, s.changed_count, s.vanished_count)
        )
        self.assertFalse([each for each in found if any(each[1:])])

    @classmethod
    def open_simulator(cls):
        simulator = super().open_simulator()
        for resource, values in cls.planted.items():
            for row in simulator.company.rows(resource):
                for name, text in values.items():
                    if row.get(name):
                        row[name] = f"{row[name]} {text}"
        return simulator
