"""The invented people, companies and texts of the Net-Results simulator, awkward ones first."""

# First name, last name, title, account, e-mail, country, state, city, postal code
PEOPLE = (
    ("Mara", "Holt", "Plant Manager", "Northmill Supply", "mara.holt@northmill.example", "USA", "CO", "Fairview", "80301"),
    ("Ann", "O'Brien-Núñez", "VP, \"Growth\"", "-", "ann@freemail.example", "United States", "MA", "Boston", "2134"),
    ("", "", "", "", "nameless@freemail.example", "", "", "", ""),
    ("田中", "太郎", "部長", "東京計器", "tanaka@tokyo-keiki.example", "Japan", "", "東京都", "100-0001"),
    ("ليلى", "حداد", "مديرة", "شركة النور", "layla@alnoor.example", "Lebanon", "", "بيروت", "1107"),
    ("Zoë 🚀", "Müller-Lüdenscheidt", "CEO & <b>Founder</b>", "Acme", "Zoe@Acme.example", "Germany", "", "Köln", "50667"),
    ("Zoe", "Mueller", "CEO", "Acme", "zoe@acme.example", "DE", "", "Koeln", "50667"),
    ("Łukasz", "Żółć", "x" * 900, "Acme", "lukasz@acme-pl.example", "Polska", "", "Łódź", "90-001"),
    ("Null", "None", None, "Null & Sons", "null@sons.example", None, None, None, None),
    ("Jean", "d'Arc", "Directrice", "L'Été, S.A.", "jean+news@ete.example", "france", "", "Orléans", "45000"),
    ("Robert'); DROP TABLE", "Students", "DBA", "Little Bobby Tables", "bobby@tables.example", "Canada", "ON", "Ottawa", "K1A 0B1"),
    ("  Spaces  ", "\tTab", "Ops", "  Acme  ", "spaces@acme.example", " USA ", "NJ", "Newark", "7102"),
)  # fmt: skip

FIRST = ("Ida", "Noah", "Chloé", "Björn", "Ngọc", "Iñaki", "Sanne", "Omar", "Rhys")
LAST = ("Falk", "Okafor", "Pérez", "Wójcik", "Sørensen", "Adeyemi", "Whitfield", "Ø")
FIRMS = ("Brightwater", "Ostrava Metal", "Halcyon Foods", "Grünwerk", "Pico & Co.")
OWNERS = (
    ("ruth.adler@seller.example", "Ruth", "Adler"),
    ("sam.o'neil@seller.example", "Sam", "O'Neil"),
    ("gone@seller.example", None, None),
)
"""The last one has left: contacts name him, the user list does not."""

TYPES = {
    1: "Email Sent",
    2: "Email Opened",
    3: "Email Link Clicked",
    4: "Email Bounced",
    5: "Unsubscribed",
    6: "Form Submitted",
    7: "Website Visit",
    8: "Alert Fired",
}
LISTS = (
    ("Newsletter", "subscription"),
    ("Product news, \"beta\"", "subscription"),
    ("Trade fair 2019 – Köln", "list"),
    ("顧客", "list"),
)  # fmt: skip
SEGMENTS = ("All contacts", "Customers in DACH", "Nobody")
CAMPAIGNS = (
    ("Newsletter 2020", "Drip", "Active"),
    ("Welcome <workflow>", "Workflow", "Paused"),
    ("A/B: subject 🎯", "A/B", "Finished"),
)
INVENTORY = ("Visits from Köln", "Weekly", "All domains")
STATUSES = ("Suspect", "Marketing Qualified", "Sales Accepted", "Customer")
ATTRIBUTES = (
    ("Renewal Date", "Date"),
    ("Employees", "Number"),
    ("Favourite colours", "Text"),
    ("Last Demo", "Date/Time"),
    ("Shop", "Website"),
    ("Machine", "Lookup"),
)
VALUES = ("2022-01-31", "250", "red;blue", "2021-06-01T10:00:00+00:00", "https://shop.example/?a=1&b=2", "Lathe 7")  # fmt: skip

EMAILS = (
    (
        "October news",
        "News for {FIRST NAME|Valued Customer}",
        "<html><body><p>Dear {FIRST NAME|Valued Customer},</p>"
        '<img src="https://img.vendor.example/a.png"><a href="https://s.example/?e={EMAIL}">Go</a>'
        "<p>{COMPANY NAME|your company} &amp; {MERGE_DATA:CODE|none}</p></body></html>",
    ),
    (
        "Dangerous",
        "{{ object.env }} {CITY}",
        '<p t-out="object.env.cr">x</p><script>alert(1)</script><t t-call="web.layout"/>'
        '<p onclick="x()">{{ 7 * 7 }} {FIRST NAME|O\'Brien "x" \\ &lt;b&gt;}</p>'
        '<a href="javascript:alert(1)">no</a>',
    ),
    ("Plain", "Ünïcode ✓", "Just text, no tags at all"),
    ("", "", ""),
)
