"""What the columns of files mean, from the file to the row in the database."""

import re
from datetime import date, datetime
from inspect import getsource

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...connectors.core import sniffing
from ...models.job.crm_migration_job_losses import ASKED
from ..common import MigrationCase

STATES = (
    "Id,Full Name,State,Country\n1,A,Neuland,Luxembourg\n2,B,Niederland,Luxembourg\n"
    "3,C,RED,Luxembourg\n4,D,Elsewhere,\n"
)


@tagged("post_install", "-at_install")
class TestFileFields(MigrationCase):
    """Each test migrates some files of a CRM that somebody exported."""

    def migrate(self, **contents):
        """Read, decide and load files; keyword: name of the file, ``__`` for its dot."""
        self.migrate_to("load", **contents)

    def migrate_to(self, last, **contents):
        kinds = ("discover", "extract", "load")
        kinds = kinds[: kinds.index(last) + 1]
        files = self.env["ir.attachment"].create(
            [
                {"name": name.replace("__", "."), "raw": text.encode()}
                for name, text in contents.items()
            ]
        )
        plan = {
            "plan": 1,
            "name": "Files",
            "source": "spreadsheet",
            "options": {"duplicate_policy": "keep", "tz": "Europe/Lisbon"},
            "accept_above": 60,
        }
        type(self).job = self.env["crm.migration.job"]._import_plan(plan, {}, files)
        for kind in kinds:
            run = self.run_kind(kind)
            self.assertEqual(run.state, "done", run.blocked_reason)

    def loaded(self, stream, source_id):
        found = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
                ("part", "=", ""),
            ]
        )
        if not found and source_id.isdecimal():
            # Rows without ids are meant by their place in the file.
            rows = (
                self.env["crm.migration.id.map"]
                .search(
                    [
                        ("job_id", "=", self.job.id),
                        ("stream", "=", stream),
                        ("part", "=", ""),
                    ],
                    order="id",
                )
                .filtered(lambda row: len(row.source_id) >= 16)
            )
            found = rows[int(source_id) - 1 : int(source_id)]
        return self.env[found.res_model].browse(found.res_id) if found else None

    def messages(self, code=None):
        domain = [("job_id", "=", self.job.id)]
        return self.env["crm.migration.message"].search(
            domain + ([("code", "=", code)] if code else [])
        )

    def values(self, name):
        """Return key → what a value list decided."""
        rows = self.job.value_map_ids.filtered(lambda row: row.list == name)
        return {row.key: row.choice or row.decision for row in rows}

    # -- people --------------------------------------------------------------------

    def test_a_staging_record_has_the_name_that_the_mapping_gives_it(self):
        self.migrate(
            companies__csv="Record ID,Company name,Website URL\n"
            "7,Wexford Foods Ltd,https://wexford.example\n"
            "8,Wexford Foods Ltd,https://wexford.example\n",
            contacts__csv="Record ID,First Name,Last Name,Email\n"
            "1,Zoë,Haddad,zoe@wexford.example\n",
        )
        records = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id)], order="id"
        )
        names = {record.source_id: record.display_name for record in records}
        self.assertEqual(
            names,
            {"7": "Wexford Foods Ltd", "8": "Wexford Foods Ltd", "1": "Zoë Haddad"},
        )
        pairs = self.env["crm.migration.duplicate"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertEqual(pairs.mapped("other_name"), ["Wexford Foods Ltd"])

    def test_a_link_by_id_stands_though_several_have_the_name_beside_it(self):
        self.migrate(
            companies__csv="Record ID,Company name,City\n7,Wexford Foods Ltd,Cork\n"
            "8,Wexford Foods Ltd,Leeds\n",
            notes__csv="Record ID,Note body,Associated Company,Associated Company IDs\n"
            "1,Called,Wexford Foods Ltd,8\n2,Wrote,Wexford Foods Ltd,\n",
            contacts__csv="Record ID,First Name,Last Name,Associated Company IDs\n"
            "1,Zoë,Haddad,8\n2,Zoë,Haddad,8\n",
            deals__csv="Record ID,Deal Name,Associated Contact,Associated Contact IDs\n"
            "5,Pilot,Zoë Haddad,2;1\n",
        )
        note = self.loaded("notes", "1")
        self.assertEqual(note.res_id, self.loaded("companies", "8").id)
        unclear = self.messages("reference_unclear")
        self.assertEqual(unclear.mapped("source_id"), ["2"])
        self.run_kind("verify")
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(differences, differences.mapped("found"))

    def test_a_company_of_a_common_name_makes_no_doubt_of_its_only_person(self):
        self.migrate(
            companies__csv="Record ID,Company name\n7,Zephyr Energie\n8,Zephyr Energie\n",
            contacts__csv="Record ID,First Name,Last Name,Company name\n"
            "1,Bruno,Østergaard,Zephyr Energie\n",
            deals__csv="Record ID,Deal Name,Contact,Company name\n"
            "9,Turbine,Bruno Østergaard,Zephyr Energie\n",
        )
        self.loaded("contacts", "1").parent_id = self.loaded("companies", "7")
        self.loaded("deals", "9").partner_id = self.loaded("contacts", "1")
        run = self.run_kind("verify")
        self.assertEqual(run.state, "done", run.blocked_reason)
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id), ("kind", "=", "ambiguous_name")]
        )
        # Which of the two companies is doubtful; who the person is, is not.
        self.assertEqual(differences.mapped("found"), ["Zephyr Energie"])

    def test_what_a_rehearsal_foretold_is_not_told_twice(self):
        self.migrate(
            companies__csv="Record ID,Company name,City\n7,Foods,Cork\n8,Foods,Leeds\n",
            notes__csv="Record ID,Note body,Associated Company\n1,Called,Foods\n",
        )
        self.assertEqual(len(self.messages("reference_unclear")), 1)
        self.messages("reference_unclear")[0].copy({"phase": "dry_run"})
        self.run_kind("load")
        phases = set(self.messages().mapped("phase"))
        self.assertNotIn("dry_run", phases)

    def test_several_tags_in_a_cell_are_several_tags(self):
        self.migrate(
            contacts__csv="Record ID,First Name,Last Name,Tags\n"
            '1,Vera,Example,"VIP;Partner"\n2,Otto,Example,Partner\n'
        )
        tags = self.loaded("contacts", "1").category_id
        self.assertEqual(sorted(tags.mapped("name")), ["Partner", "VIP"])
        line = self.job.mapping_ids.line_ids.filtered(lambda x: x.source == "Tags")
        self.assertEqual(line.separator, ";")
        line.separator = "|"
        self.assertEqual(line.steps[0], ["split", "|"])
        self.assertIn("|", line.steps_text)

    def test_the_first_address_and_number_count_and_the_others_are_kept(self):
        self.migrate(
            contacts__csv="id,Full Name,Email,Phone,Mobile Phone,Email\n"
            "1,Vera Example,,,+351910000001,vera@example.com\n"
            '2,Otto Example,"otto@example.com; office@example.com",'
            '"+351 210 000 001 ext. 12; +351 210 000 002",+351910000002,o@example.com\n'
        )
        vera, otto = (self.loaded("contacts", key) for key in "12")
        self.assertEqual(
            (vera.email, vera.phone), ("vera@example.com", "+351910000001")
        )
        self.assertEqual(otto.email, "otto@example.com")
        self.assertIn("210 000 001", otto.phone)
        for kept in ("office@example.com", "o@example.com", "210 000 002", "910000002"):
            self.assertIn(kept, otto.comment)
        self.assertNotIn("bad_email", self.messages().mapped("code"))

    # -- deals -----------------------------------------------------------------------

    def test_the_outcome_of_a_deal_is_told_by_words_of_any_language_or_asked_for(self):
        words = ["WON", "LOST", "Closed - Lost", "Abandoned", "Gewonnen", "Perdu"]
        words += ["Open", "", "Parked"]
        rows = "".join(f"{n},Deal {n},1,{word}\n" for n, word in enumerate(words, 1))
        self.migrate(deals__csv="id,deal name,amount,status\n" + rows)
        deals = [self.loaded("deals", str(n)) for n in range(1, 10)]
        won = [deal.stage_id.is_won and deal.probability == 100 for deal in deals]
        lost = [not deal.active and not deal.probability for deal in deals]
        self.assertEqual([n for n, yes in enumerate(won, 1) if yes], [1, 5])
        self.assertEqual([n for n, yes in enumerate(lost, 1) if yes], [2, 3, 4, 6])
        self.assertFalse(self.values("deal_states")["Parked"], "it is asked for")
        [message] = self.messages("value_undecided")
        self.assertIn("Parked", message.text)

    def test_a_stage_says_won_and_lost_where_nothing_else_does(self):
        self.migrate(
            deals__csv="id,deal name,amount,stage\n"
            "1,A,1,Proposal\n2,B,1,Closed Lost\n3,C,1,Fermé gagné\n"
        )
        self.assertTrue(self.loaded("deals", "1").active)
        self.assertFalse(self.loaded("deals", "2").active)
        self.assertEqual(self.loaded("deals", "3").probability, 100)

    def test_an_amount_beside_its_currency_is_never_a_thousandth(self):
        self.env["res.currency"].with_context(active_test=False).search(
            [("name", "in", ("VND", "BRL", "EUR"))]
        ).active = True
        self.migrate(
            deals__csv="ID;Name;Amount\n1;A;500.000 ₫\n2;B;1.500.000 ₫\n"
            "3;C;R$ 12.500\n4;D;12.500,- €\n"
        )
        staged = {
            row.source_id: row.values[""]
            for row in self.env["crm.migration.record"].search(
                [("job_id", "=", self.job.id)]
            )
        }
        found = [staged[n]["expected_revenue"] for n in "1234"]
        self.assertEqual(found, [500_000, 1_500_000, 12_500, 12_500])
        codes = [staged[n]["@currency"]["$map"][1] for n in "1234"]
        self.assertEqual(codes, ["VND", "VND", "BRL", "EUR"])

    def test_the_currency_of_each_row_counts_and_an_unknown_one_is_asked_for(self):
        self.migrate(
            deals__csv="id,name,amount,amountCurrency\no1,Saddles,1000,USD\n"
            "o2,Reins,500,EUR\no3,Bits,500,Euro\no4,Whips,500,XXX\n"
        )
        rows = self.job.value_map_ids.filtered(lambda r: r.model_name == "res.currency")
        chosen = {row.key: row.target_ref.name for row in rows if row.decision}
        self.assertEqual(chosen, {"USD": "USD", "EUR": "EUR", "Euro": "EUR"})
        whips = self.loaded("deals", "o4")
        self.assertFalse(whips.expected_revenue)
        self.assertIn("XXX", whips.description)

    def test_of_two_people_with_one_name_the_company_tells(self):
        self.migrate(
            companies__csv="id,name\n1,Alpha Example\n2,Beta Example\n",
            contacts__csv="id,full name,company,email\n"
            "1,Vera Example,Alpha Example,vera@alpha.example\n"
            "2,Vera Example,Beta Example,vera@beta.example\n",
            deals__csv="id,deal name,amount,contact,company\n"
            "1,Saddles,10,Vera Example,Alpha Example\n"
            "2,Reins,20,Vera Example,Beta Example\n",
        )
        for key in "12":
            deal, person = self.loaded("deals", key), self.loaded("contacts", key)
            self.assertEqual(deal.partner_id, person)

    def test_every_kind_of_file_that_is_not_read_is_told_to_be_missing(self):
        codes = re.findall(r'"((?:file|zip)_[a-z]+|old_excel)"', getsource(sniffing))
        # An empty file holds nothing that could be lost.
        self.assertLessEqual(set(codes) - {"file_empty"}, set(ASKED))

    def test_several_names_in_a_cell_are_several_people(self):
        self.migrate(
            contacts__csv='id,full name\n1,Ana Silva\n2,Bo Example\n3,"Costa, Rui"\n',
            deals__csv="id,deal name,amount,contact\n"
            '1,Saddles,10,"Ana Silva, Bo Example"\n2,Reins,20,"Costa, Rui"\n'
            '3,Bits,30,"Silva, Ana"\n4,Whips,40,Bo Example (bo@example.com)\n'
            '5,Spurs,50,"Ana Silva; Nobody"\n',
            notes__csv="id,note,date,contact\n"
            '1,Both came,2024-05-01,"Ana Silva, Bo Example"\n',
        )
        ana, bo, rui = (self.loaded("contacts", key) for key in "123")
        deals = [self.loaded("deals", key) for key in "12345"]
        links = [deal.partner_id for deal in deals]
        # Who is known is linked, though the cell names somebody else as well.
        self.assertEqual(links, [ana, rui, ana, bo, ana])
        self.assertIn("Nobody", deals[4].description)
        self.assertIn(f'data-oe-id="{bo.id}"', deals[0].description)
        for person in (ana, bo):
            self.assertTrue(person.message_ids.filtered(lambda m: m.date.year == 2024))
        self.assertEqual(deals[4].contact_name, "Ana Silva; Nobody")

    def test_a_state_is_known_by_every_code_that_people_write(self):
        self.migrate(
            contacts__csv="Id,Full Name,State,Country\n1,A,NL,Mexico\n2,B,NW,Germany\n"
            "3,C,NRW,D\n4,D,DE-NW,DE\n5,E,TG,India\n6,F,NÖ,Austria\n7,G,CDMX,MX\n"
        )
        states = [self.loaded("contacts", key).state_id for key in "1234567"]
        names = ["Nuevo León", *["Nordrhein-Westfalen"] * 3, "Telangana"]
        self.assertEqual(
            [state.name for state in states],
            [*names, "Niederösterreich", "Ciudad de México"],
        )

    def test_prefixed_columns_and_the_worksheet_of_dynamics_are_recognized(self):
        self.migrate(
            **{
                "deals-1__csv": "Deal - ID,Deal - Title,Deal - Value,Deal - Status,"
                "Deal - Person\n1,Saddles,100,Won,Vera Example\n",
                "people-1__csv": "Person - ID,Person - Name,Person - Email - Work\n"
                "1,Vera Example,vera@example.com\n",
                "Open Opportunities__csv": "(Do Not Modify) Opportunity,"
                "(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,"
                "Est. Revenue\n5b0c1c86-0f3c-4b7e-9d4e-0f1a2b3c4d5e,abc=,"
                "2025-01-01 00:00:00,Reins,1200\n",
            }
        )
        deal = self.loaded("deals", "1")
        self.assertEqual((deal.name, deal.expected_revenue), ("Saddles", 100))
        self.assertEqual(deal.partner_id.email, "vera@example.com")
        other = self.loaded("deals_2", "5b0c1c86-0f3c-4b7e-9d4e-0f1a2b3c4d5e")
        self.assertEqual((other.name, other.expected_revenue), ("Reins", 1200))

    # -- times -----------------------------------------------------------------------

    def test_hours_and_minutes_in_two_columns_are_one_duration(self):
        self.migrate(
            meetings__csv="id,Subject,Start Date,Duration Hours,Duration Minutes\n"
            "m1,Visit,2024-05-06 10:00:00,1,30\nm2,Call,2024-05-06 12:00:00,0,15\n"
        )
        found = [self.loaded("meetings", key).duration for key in ("m1", "m2")]
        self.assertEqual(found, [1.5, 0.25])

    def test_a_duration_of_no_known_unit_is_asked_about(self):
        self.migrate(
            meetings__csv="id,name,start,duration\nm1,Visit,2024-05-06 10:00:00,3600\n"
            "m2,Demo,2024-05-06 12:00:00,90 min\n"
        )
        visit, demo = (self.loaded("meetings", key) for key in ("m1", "m2"))
        self.assertEqual((visit.duration, demo.duration), (1, 1.5))
        [message] = self.messages("ambiguous_duration")
        self.assertEqual((message.source_id, message.value), ("m1", "3600"))
        self.assertIn("in the notes", message.text)
        self.assertIn("3600", visit.description)
        line = self.job.mapping_ids.line_ids.filtered(lambda x: x.has_unit)
        line.unit = "seconds"
        self.assertEqual(line.steps, [["duration", "seconds"]])

    def test_day_time_and_all_day_flag_of_a_calendar_are_joined(self):
        head = "Subject,Start Date,Start Time,End Date,End Time,All day event\n"
        self.migrate(
            **{
                "calendar events__csv": head
                + "Visit,21/04/2025,14:30:00,21/04/2025,15:30:00,False\n"
                + "Fair,22/04/2025,00:00:00,24/04/2025,00:00:00,True\n"
            }
        )
        visit, fair = (self.loaded("meetings", key) for key in "12")
        self.assertEqual(visit.start, datetime(2025, 4, 21, 13, 30))
        self.assertEqual((visit.duration, visit.allday), (1, False))
        self.assertTrue(fair.allday)
        days = (date(2025, 4, 22), date(2025, 4, 23))
        self.assertEqual((fair.start_date, fair.stop_date), days)

    def test_a_midnight_of_a_zone_is_the_day_that_was_meant(self):
        self.migrate(
            deals__csv="id,deal name,amount,expected close date\n"
            "1,A,1,2024-03-31T22:00:00Z\n2,B,1,2024-12-30T23:00:00Z\n"
        )
        found = [self.loaded("deals", key).date_deadline for key in "12"]
        self.assertEqual(found, [date(2024, 4, 1), date(2024, 12, 31)])

    # -- activities ------------------------------------------------------------------

    def test_what_is_done_is_told_by_words(self):
        self.migrate(
            contacts__csv="id,full name\n1,Vera Example\n",
            tasks__csv="id,subject,due date,status,priority,type,contact id\n"
            "1,Call Vera,2024-05-06,Erledigt,High,Anruf,1\n"
            "2,Send offer,2024-05-07,In Progress,Normal,E-Mail,1\n",
        )
        done, open_ = (self.loaded("activities", key) for key in "12")
        self.assertEqual((done.active, open_.active), (False, True))
        self.assertEqual(done.date_done, date(2024, 5, 6))
        names = [each.activity_type_id.name for each in (done, open_)]
        self.assertEqual(names, ["Call", "Email"])

    # -- words -----------------------------------------------------------------------

    def test_no_code_stands_on_the_screen(self):
        self.migrate(
            contacts__csv="id,full name,Email,Email\n1,Vera Example,vera,\n2,,nobody,\n"
        )
        texts = self.messages().mapped(lambda m: f"{m.text} {m.value} {m.advice}")
        for text in texts:
            self.assertNotRegex(text, r"\[|None|\{")
        vera, nobody = (
            self.messages("bad_email").filtered(lambda m, key=key: m.source_id == key)
            for key in "12"
        )
        self.assertIn("in the notes", vera.text)
        self.assertIn("vera", self.loaded("contacts", "1").comment)
        self.assertNotIn("the notes", nobody.text, "its record is not loaded")

    # -- names, days and words that have no field of their own ---------------------

    def verify(self):
        """Verify; return the values that are unaccounted for."""
        run = self.run_kind("verify")
        self.assertEqual(run.state, "done", run.blocked_reason)
        return self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )

    def test_a_company_that_is_no_account_stands_on_its_lead(self):
        self.migrate(
            accounts__csv="Id,Name\n1,Alpha\n",
            leads__csv="Id,LastName,Company\n1,Example,Beta\n2,Sample,Alpha\n",
            contacts__csv="Id,Full Name,Company\n1,Eva Example,Gamma\n",
        )
        lead = self.loaded("leads", "1")
        self.assertFalse(lead.partner_id)
        self.assertEqual(lead.partner_name, "Beta")
        self.assertEqual(self.loaded("leads", "2").partner_id.name, "Alpha")
        self.assertEqual(self.loaded("contacts", "1").company_name, "Gamma")
        self.assertFalse(self.messages("reference_missing"))
        self.assertEqual(
            sorted(self.messages("name_kept").mapped("value")), ["Beta", "Gamma"]
        )
        self.assertFalse(self.verify())
        self.assertFalse(self.job._get_losses())

    def test_a_name_that_leads_nowhere_is_kept_in_the_notes(self):
        self.migrate(
            contacts__csv="Id,Full Name\n1,Eva Example\n",
            tasks__csv="Id,Subject,Due Date,Owner,Contact\n"
            "1,Call,2024-05-01,Marta,Nobody Known\n2,Mail,2024-05-01,Marta,Eva Example\n",
        )
        missing = self.messages("reference_missing")
        self.assertEqual(missing.mapped("value"), ["Nobody Known"])

    def test_the_kind_of_an_activity_that_nobody_knows_is_told_and_kept(self):
        self.migrate(
            contacts__csv="Id,Full Name\n1,Eva Example\n",
            tasks__csv="Id,Subject,Due Date,Activity Type,Contact ID\n"
            "1,Roof,2024-05-01,Site inspection,1\n2,Ring,2024-05-01,Call,1\n",
        )
        self.assertFalse(self.values("activity_types")["Site inspection"])
        undecided = self.messages("value_undecided")
        self.assertEqual(undecided.mapped("source_id"), ["1"])
        activity = self.loaded("activities", "1")
        self.assertIn("Site inspection", activity.note)
        self.assertEqual(
            self.loaded("activities", "2").activity_type_id,
            self.env.ref("mail.mail_activity_data_call"),
        )
        self.assertFalse(self.verify())

    def test_when_a_meeting_was_held_stands_in_its_description(self):
        self.migrate(
            meetings__csv="Id,Subject,Start Date,Start Time,End Time,Completed At\n"
            "1,Visit,2025-04-21,14:30,15:45,2025-04-21 18:05\n"
        )
        meeting = self.loaded("meetings", "1")
        self.assertEqual(meeting.start, datetime(2025, 4, 21, 13, 30))
        self.assertEqual(meeting.stop, datetime(2025, 4, 21, 14, 45))
        self.assertIn("2025-04-21 18:05", meeting.description)
        self.assertFalse(self.verify())
        self.assertFalse(self.job.difference_count)

    def test_who_attends_becomes_an_attendee_or_is_named(self):
        self.migrate(
            contacts__csv="Id,Full Name,Email\n1,Eva Example,eva@alpha.example\n",
            meetings__csv="ID,Objet,Date de début,Participants\n"
            '1,Visite,2025-04-21 10:00,"Eva Example <eva@alpha.example>; Rui; x@b.example"\n',
        )
        meeting = self.loaded("meetings", "1")
        self.assertEqual(meeting.partner_ids, self.loaded("contacts", "1"))
        self.assertIn("Rui", meeting.description)
        self.assertIn("x@b.example", meeting.description)
        self.assertFalse(self.verify())

    def test_a_state_that_odoo_lacks_is_created_in_its_country(self):
        country = self.env.ref("base.lu")
        self.env["res.country.state"].create(
            {"name": "Nordland", "code": "N", "country_id": country.id}
        )
        self.migrate_to("extract", contacts__csv=STATES)
        rows = self.job.value_map_ids.filtered(lambda row: row.list == "states")
        lost = rows.filtered(lambda row: not row.scope)
        with self.assertRaises(ValidationError):
            lost.action_create()
        (rows - lost).action_create()
        run = self.run_kind("load")
        self.assertEqual(run.state, "done", run.blocked_reason)
        states = [self.loaded("contacts", key).state_id for key in "1234"]
        self.assertEqual(states[0].name, "Neuland")
        self.assertEqual({s.country_id for s in states[:3]}, {country})
        self.assertEqual([s.code for s in states[:3]], ["N2", "N3", "RED"])
        self.assertFalse(states[3])

    def test_an_address_with_a_name_and_words_for_none(self):
        self.migrate(
            contacts__csv="Id,Full Name,Email,Phone,Website\n"
            '1,Zoë Example,"Zoë Example <zoe@a.example>; z@home.example",keine,n/a\n'
        )
        person = self.loaded("contacts", "1")
        self.assertEqual(person.email, "zoe@a.example")
        self.assertFalse(person.phone or person.website)
        self.assertIn("z@home.example", person.comment)
        self.assertFalse(self.messages())
        self.assertFalse(self.verify())

    def test_a_day_and_its_time_are_one_instant(self):
        self.migrate(
            contacts__csv="Id,Full Name\n1,Zoë Example\n",
            calls__csv="Nr.;Contact ID;Notiz;Datum;Uhrzeit\n7;1;Rückruf;21.04.2025;14:30\n",
            tasks__csv="Id,Subject,Contact ID,Due Date,Due Time\n1,Ring,1,2025-04-22,09:15\n",
        )
        self.assertEqual(self.loaded("calls", "7").date, datetime(2025, 4, 21, 13, 30))
        task = self.loaded("activities", "1")
        self.assertEqual(task.date_deadline, date(2025, 4, 22))
        self.assertIn("09:15", task.note)
        self.assertFalse(self.verify())

    def test_flags_of_an_outcome_and_links_by_the_first_signs_of_an_id(self):
        deal = "0065g00000000{0}AAA"
        self.migrate(
            Opportunity__csv="Id,Name,IsClosed,IsWon\n"
            f"{deal.format('Aa')},A,1,1\n{deal.format('Ab')},B,1,0\n{deal.format('Ac')},C,0,0\n",
            Note__csv=f"Id,ParentId,Body\n0025g00000000AaAAA,{deal.format('Aa')},Good\n",
        )
        self.assertFalse(self.verify().mapped("value"))
