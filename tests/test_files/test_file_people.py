"""People and companies of files: names, addresses, links and where they live."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .file_fields_common import FileFieldsCase

STATES = (
    "Id,Full Name,State,Country\n1,A,Neuland,Luxembourg\n2,B,Niederland,Luxembourg\n"
    "3,C,RED,Luxembourg\n4,D,Elsewhere,\n"
)


@tagged("post_install", "-at_install")
class TestFilePeople(FileFieldsCase):
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
        self.assertFalse(differences, differences.read())

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

    def test_what_a_contact_calls_its_company_stays_beside_the_link(self):
        self.migrate(
            companies__csv="Record ID,Company name\n7,Wexford Foods Ltd\n"
            '8,"Åkesson, Bröder AB"\n',
            contacts__csv="Record ID,First Name,Last Name,Company Name,"
            "Associated Company IDs\n1,Zoë,Haddad,Wexford Bakery (old),7\n"
            "2,Per,Åkesson,Åkesson Bröder AB,8\n3,Una,Byrne,Wexford Mill,\n",
        )
        zoe, per, una = (self.loaded("contacts", key) for key in "123")
        firms = [self.loaded("companies", key) for key in "78"]
        self.assertEqual([zoe.parent_id, per.parent_id], firms)
        self.assertIn("Wexford Bakery (old)", zoe.comment)
        self.assertFalse(per.comment)
        self.assertEqual((una.company_name, una.comment), ("Wexford Mill", False))
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
