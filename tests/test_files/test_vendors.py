"""What dialects say of vendors' files, down to the database."""

from odoo.tests import tagged

from .cases_common import CaseLoading

ACCOUNTS = (
    "Id,IsDeleted,Name,BillingStreet,BillingCity,ShippingStreet,ShippingCity,CreatedDate,"
    "SystemModstamp\n"
    "0015g00000XyZabAAF,0,Mühle Nord,Gasse 1,Bonn,Gasse 1,Bonn,2026-07-01 09:00:00,"
    "2026-07-01 09:00:00\n"
    "0015g00000XyZacAAF,0,Mühle Süd,Gasse 2,Bonn,Tor 9,Kiel,2026-07-01 09:00:00,"
    "2026-07-01 09:00:00\n"
)
ZOHO = {
    "Accounts_2026_11_28.csv": (
        "Record Id,Account Owner.id,Account Name\nzcrm_5311100000051,,Mühle Ost\n"
    ),
    "Contacts_2026_11_28.csv": (
        "Record Id,Contact Owner.id,Last Name,Account Name.id\n"
        "zcrm_5311100000001,,Quast,zcrm_5311100000051\n"
    ),
    "Notes_2026_11_28.csv": (
        "Record Id,Note Owner.id,Note Content,Parent ID.id,Created Time\n"
        "zcrm_5311100000081,,says hello,zcrm_5311100000001,2026-01-02 10:00:00\n"
        "zcrm_5311100000082,,pays late,zcrm_5311100000051,2026-01-02 10:00:00\n"
    ),
}
CARDS = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Quint;Ada;;;\nFN:Ada Quint\nORG:Mühle West\n"
    "EMAIL:ada@quint.test\nTEL;TYPE=CELL:+49 30 1234567\nEND:VCARD\n"
)
DAYS = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1@quint\n"
    "DTSTART;VALUE=DATE:20270422\nDTEND;VALUE=DATE:20270424\nSUMMARY:Mill fair\n"
    "END:VEVENT\nEND:VCALENDAR\n"
)


@tagged("post_install", "-at_install")
class TestFilesOfVendors(CaseLoading):
    def find(self, name):
        return self.env["res.partner"].search([("name", "=", name)])

    def test_a_second_address_hangs_below_the_company(self):
        self.load_files({"Account.csv": ACCOUNTS})
        first = self.find("Mühle Nord")
        self.assertEqual((len(first), first.child_ids), (1, first.browse()))
        second = self.find("Mühle Süd").filtered("is_company")
        self.assertEqual((second.street, second.city), ("Gasse 2", "Bonn"))
        below = second.child_ids
        self.assertEqual(
            (below.type, below.street, below.city), ("delivery", "Tor 9", "Kiel")
        )

    def test_a_note_that_says_only_an_id_is_in_the_chatter_of_whose_it_is(self):
        self.load_files(ZOHO)
        for name, text in (("Quast", "says hello"), ("Mühle Ost", "pays late")):
            bodies = self.find(name).message_ids.mapped("body")
            self.assertTrue(any(text in body for body in bodies), bodies)

    def test_cards_and_calendars_arrive(self):
        self.load_files({"people.vcf": CARDS, "fair.ics": DAYS})
        ada = self.find("Ada Quint")
        self.assertEqual(
            (ada.email, ada.company_name), ("ada@quint.test", "Mühle West")
        )
        fair = self.env["calendar.event"].search([("name", "=", "Mill fair")])
        days = (str(fair.start_date), str(fair.stop_date), fair.allday)
        self.assertEqual(days, ("2027-04-22", "2027-04-23", True))
