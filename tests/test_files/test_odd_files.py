"""Files that arrived wrong in silence, or that ended a run: what is right is said here."""

import io
import json
from datetime import date, datetime

import openpyxl

from odoo.tests import tagged

from .cases_common import CaseLoading


@tagged("post_install", "-at_install")
class TestOddFiles(CaseLoading):
    def leads(self, *names):
        """Return the values of fields of all deals by name, archived ones as well."""
        rows = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "deals")]
        )
        leads = self.env["crm.lead"].browse(rows.mapped("res_id"))
        return {lead.name: tuple(lead[name] for name in names) for lead in leads}

    def test_lists_as_json_and_days_that_are_none(self):
        self.arrive(
            {
                "contacts.csv": "id,first name,last name,tags,created at\n"
                '1,Ana,Reis,"[""VIP"", ""Gold""]",1899-12-30\n'
                '2,Bo,Lund,"[""VIP""]",2021-05-06 07:08:09\n'
            }
        )
        ana, bo = self.people("category_id", "create_date")
        self.assertEqual(set(ana[0].mapped("name")), {"VIP", "Gold"})
        self.assertEqual(bo[0].mapped("name"), ["VIP"])
        self.assertGreater(ana[1].year, 2025, "of no day it was created on")

    def test_members_that_begin_with_an_underscore_are_accounted_for(self):
        """MongoDB and Elasticsearch have such: they are the file's, not ours."""
        rows = [
            {
                "id": key,
                "name": name,
                "_priority": f"urgent {key}",
                "site": {"_gate": f"dock {key}", "hall": 7},
            }
            for key, name in (("1", "Ana Reis"), ("2", "Bo Lund"))
        ]
        self.load_files({"contacts.json": json.dumps(rows)})
        ((first,), *_rest) = self.people("comment")
        self.assertIn("urgent 1", first)
        self.assertIn("dock 1", first)
        self.env.cr.execute(
            "UPDATE res_partner SET comment = NULL WHERE name = 'Ana Reis'"
        )
        self.env.invalidate_all()
        run = self.job._start_run("verify")
        while run.state == "running":
            run._advance_safely()
        lost = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertEqual(
            sorted(lost.mapped("field")), ["_priority", "site._gate", "site.hall"]
        )

    # -- won and lost ------------------------------------------------------------

    def test_words_in_doubt_are_no_outcome(self):
        words = ("Won't proceed", "Almost won", "Lost?", "Reopened (was lost)", "Won")
        rows = "".join(f"{n},{w},{w}\n" for n, w in enumerate(words, 1))
        self.load_files({"deals.csv": f"Deal ID,Deal Name,Status\n{rows}"})
        found = self.leads("won_status")
        self.assertEqual(found.pop("Won"), ("won",))
        self.assertEqual(set(found.values()), {("pending",)})

    def test_the_closing_date_of_a_deal_that_is_over_is_when_it_was_over(self):
        self.load_files(
            {
                "deals.csv": "Deal ID,Deal Name,Status,Close Date,Create Date,Modified Date\n"
                "1,Won,Won,2024-05-17,2024-01-02 10:00,2024-08-02 10:00\n"
                "2,Lost,Lost,2024-05-18,2024-01-02 10:00,\n"
                "3,Early,Won,2024-12-24,2024-01-02 10:00,2024-03-04 10:00\n"
                "4,Open,Open,2024-05-17,2024-01-02 10:00,\n"
            }
        )
        found = {n: v[0] and v[0].date() for n, v in self.leads("date_closed").items()}
        self.assertEqual(
            found,
            {
                "Won": date(2024, 5, 17),
                "Lost": date(2024, 5, 18),
                # It was won before it was expected to be.
                "Early": date(2024, 3, 4),
                "Open": False,
            },
        )

    def test_a_deal_that_was_won_and_is_lost_now_stands_in_a_stage(self):
        head = "Deal ID,Deal Name,Status\n"
        self.load_files({"deals.csv": f"{head}1,Roof,Won\n"})
        name = self.save(f"{head}1,Roof,Lost\n", "deals.csv")
        _status, text = self.call("read-again", "--quiet", "--file", name)
        self.env.invalidate_all()
        [(stage, outcome)] = self.leads("stage_id", "won_status").values()
        self.assertEqual(outcome, "lost", text)
        self.assertTrue(stage, text)
        self.assertFalse(stage.is_won)

    def test_a_deal_of_another_person_bears_nothing_of_the_one_before(self):
        people, deals = (
            "Contact ID,Full Name\n1,{}\n2,Eva\n",
            "Deal ID,Deal Name,Contact ID\n1,Roof,{}\n",
        )
        self.load_files(
            {"contacts.csv": people.format("Rui"), "deals.csv": deals.format(1)}
        )
        given = (
            ("contacts.csv", people.format("Rui Other")),
            ("deals.csv", deals.format(2)),
        )
        names = [self.save(text, name) for name, text in given]
        files = [part for name in names for part in ("--file", name)]
        self.call("read-again", "--quiet", *files)
        [(partner, name)] = self.leads("partner_id", "contact_name").values()
        self.assertEqual((partner.name, name), ("Eva", "Eva"))

    # -- days and times ----------------------------------------------------------

    def test_a_column_of_open_dates_is_as_the_others_of_its_file(self):
        self.load_files(
            {
                "deals.csv": "Deal ID,Deal Name,Expected Close Date,Date Created\n"
                "1,A,05/20/2024,05/01/2024 02:30 pm\n"
            }
        )
        [(made, day)] = self.leads("create_date", "date_deadline").values()
        self.assertEqual((made.date(), day), (date(2024, 5, 1), date(2024, 5, 20)))

    def test_the_export_of_salesforce_is_in_gmt(self):
        self.load_files(
            {
                "Contact.csv": "Id,IsDeleted,LastName,CreatedDate\n"
                "0035g00000AbCdeAAF,0,Example,2024-06-01 23:30:00\n"
            }
        )
        self.assertEqual(self.people("create_date"), [(datetime(2024, 6, 1, 23, 30),)])

    def test_a_meeting_without_a_beginning_does_not_begin_now(self):
        text = "Meeting ID,Subject,Start Date,End Date\n1,A,2024-03-01 10:00,\n2,B,,\n"
        self.be_told({"meetings.csv": text}, "is empty, and Odoo needs it")
        self.assertEqual(self.people("name", stream="meetings"), [("A",)])

    def test_nothing_lasts_no_time_and_whole_days_last_whole_days(self):
        self.load_files(
            {
                "Event.csv": "Id,Subject,IsAllDayEvent,ActivityDateTime,DurationInMinutes\n"
                "1,Zero,0,2024-07-10 09:00:00,0\n2,Two days,1,2024-07-10 00:00:00,2880\n"
            }
        )
        zero, two = self.people("start", "stop", "stop_date", stream=self.stream())
        self.assertEqual(zero[0], zero[1])
        self.assertEqual(two[2], date(2024, 7, 11))

    def stream(self):
        return self.job.stream_ids[:1].name

    def test_the_month_of_a_name_is_that_of_the_language_of_the_column(self):
        for second, month in (("3 marca 2024", 11), ("3. ožujka 2024.", 10)):
            self.arrive(
                {
                    "deals.csv": "Deal ID,Deal Name,Close Date\n"
                    f"1,A,5 listopada 2024\n2,B,{second}\n"
                }
            )
            self.assertEqual(self.leads("date_deadline")["A"], (date(2024, month, 5),))

    # -- texts, ids and links ----------------------------------------------------

    def test_what_compares_is_no_markup(self):
        note = "a<b and c>d, 5<p and q>3"
        self.arrive({"contacts.csv": f'ID,Full Name,Notes\n1,Rui,"{note}"\n'})
        [(comment,)] = self.people("comment")
        self.assertIn("a&lt;b and c&gt;d, 5&lt;p and q&gt;3", comment)

    def test_a_guid_is_the_same_in_braces_and_in_capitals(self):
        one = "A1B2C3D4-0000-4000-8000-000000000001"
        two = "A1B2C3D4-0000-4000-8000-000000000002"
        self.arrive(
            {
                "accounts.csv": f"accountid,name\n{{{one}}},Alpha\n{two.lower()},Beta\n",
                "contacts.csv": "contactid,lastname,parentcustomerid\n"
                f"1,Rui,{one.lower()}\n2,Eva,{{{two}}}\n",
            }
        )
        parents = [parent.name for (parent,) in self.people("parent_id")]
        self.assertEqual(parents, ["Alpha", "Beta"])

    def test_one_unknown_name_of_a_cell_does_not_unlink_the_others(self):
        text = self.be_told(
            {
                "contacts.csv": "Contact ID,Name\n1,Ana Example\n",
                "notes.csv": "Note ID,Content,Contact Name\n1,Hello,Ana Example; Nobody\n",
            },
            "Nobody",
        )
        [(model,)] = self.people("model", stream="notes")
        self.assertEqual(model, "res.partner", text)

    def test_the_address_of_an_owner_is_not_that_of_the_contact(self):
        for header in ("Owner Email", "Last Modified By Email", "Besitzer E-Mail"):
            text = f"Contact ID,Full Name,{header}\n1,Rui,jane@x.example\n"
            self.load_files({"contacts.csv": text})
            self.assertEqual(self.people("email"), [(False,)], header)

    def test_signs_that_no_database_keeps_do_not_end_the_verification(self):
        text = "Contact ID,Full Name,Notes\n1,An\0a,one\0\n2,Rui,two\n"
        self.arrive({"contacts.csv": text})
        self.assertEqual(self.people("name"), [("Ana",), ("Rui",)])

    def test_a_column_that_was_never_filled_in_takes_no_place(self):
        self.load_files(
            {
                "companies.csv": "ID,Company Name,State Code,State,Country\n"
                "1,Alpha,,Victoria,Australia\n"
            }
        )
        [(state,)] = self.people("state_id", stream="companies")
        self.assertEqual(state.name, "Victoria")

    # -- what the command line says ----------------------------------------------

    def test_a_sheet_without_columns_is_verified(self):
        made = openpyxl.Workbook()
        made.active.title = "hiddenSheet"
        made.active["A1"] = "opportunity:abc"
        made.active.sheet_state = "hidden"
        sheet = made.create_sheet("My Open Opportunities")
        sheet.append(["(Do Not Modify) Opportunity", "Topic", "Status"])
        sheet.append(["a1b2c3d4-0000-4000-8000-000000000001", "Roof", "Open"])
        sheet.append(["a1b2c3d4-0000-4000-8000-000000000002", "Wall", "Won"])
        content = io.BytesIO()
        made.save(content)
        status, text = self.load_files(
            {"My Open Opportunities.xlsx": content.getvalue()}
        )
        self.assertIn(status, (0, 3), text)
        self.assertIn("0 differ", text)

    def test_hundreds_of_columns_take_one_line(self):
        names = [f"Oddity {n}" for n in range(60)]
        text = self.be_told(
            {
                "contacts.csv": f"Contact ID,Full Name,{','.join(names)}\n"
                f"1,Rui,{','.join('x' * len(names))}\n"
            },
            "60 × Contacts: Nobody decided",
        )
        self.assertLess(len(text.splitlines()), 20)

    def test_a_duration_of_no_unit_is_no_number_of_hours(self):
        self.load_files(
            {
                "meetings.csv": "Meeting ID,Subject,Start,End,duration\n"
                "1,A,2024-03-01 10:00,2024-03-01 11:30,5400\n"
            }
        )
        self.assertEqual(self.people("duration", stream="meetings"), [(1.5,)])
