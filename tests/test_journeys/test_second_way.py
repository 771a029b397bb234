"""Reading again gives what one would have by loading the newer files alone.

Each row of the tables changes in another way; nothing that was read first may be left over.
"""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MigrationCase
from .second_way import Description, find_differences

HEADINGS = {
    "companies": "Id,Name,Owner,City,Tags,Created Date,Created By",
    "contacts": "Id,Full Name,Email,Phone,Company Id,Job Title,Tags,Owner,Created Date,"
    "Created By,Hobby",
    "deals": "Id,Deal Name,Amount,Stage,Contact Id,Company Id,Owner,Tags,Priority,"
    "Created Date,Created By,Description",
    "tasks": "Id,Subject,Type,Due Date,Completed Date,Assigned To,Contact Id,Deal Id,"
    "Created Date,Created By",
    "events": "Id,Subject,Start,End,All Day,Attendees,Owner,Contact Id,Created Date",
    "emails": "Id,Subject,Body,Date,From,To,Cc,Contact Id,Deal Id",
    "notes": "Id,Title,Body,Created Date,Created By,Contact Id,Deal Id",
}
FIRST = {
    "companies": """
C1,Alpha,,Porto,"Retail,Old",2019-01-02 10:00:00,bert@corp.example
C2,Beta,carla@corp.example,Köln,,2019-01-03 10:00:00,
C3,Gamma,bert@corp.example,,Retail,2019-01-03 10:00:00,carla@corp.example""",
    "contacts": """
P1,Ana Sá,ana@a.example,,C1,Buyer,"VIP,x",,2020-01-02 10:00:00,bert@corp.example,Chess
P2,Zé O'Neil,ze@b.example,,,,VIP,,2020-01-02 10:00:00,,
P3,Ünal <b>,unal@b.example,,,Clerk,,,,carla@corp.example,a & b
P4,Friend,friend@b.example,,C2,,,bert@corp.example,2020-01-03 10:00:00,,Go
P5,Old Name,old@b.example,+351 210 000 002,C1,,VIP,bert@corp.example,2020-01-02 10:00:00,,
P6,Mover,mover@b.example,,C3,,,,2020-01-03 10:00:00,,""",
    "deals": """
D1,Roof,1000,Won,P1,,bert@corp.example,"Hot,x",High,2020-02-01 10:00:00,bert@corp.example,x
D2,Wall,20.5,New,P2,,bert@corp.example,,High,2020-02-01 10:00:00,,y <i>
D3,Door,,Qualified,P3,C1,,Hot,,,carla@corp.example,
D4,Gate,7,New,P1,C1,carla@corp.example,x,Low,2020-02-02 10:00:00,,z
D5,Fence,7,New,P4,,carla@corp.example,,,2020-02-02 10:00:00,,""",
    "tasks": """
T1,Ring,Call,2030-01-01,2021-01-02 10:00:00,bert@corp.example,P1,,2020-03-01 10:00:00,
T2,Mail,Email,2030-01-01,2021-01-02 10:00:00,bert@corp.example,P1,,2020-03-01 10:00:00,
T3,Look,To Do,2030-01-01,,carla@corp.example,P2,D1,2020-03-01 10:00:00,bert@corp.example
T4,Ask,Call,2030-01-01,,carla@corp.example,P2,,2020-03-01 10:00:00,
T5,Pay,Call,2030-01-01,,bert@corp.example,P3,D2,2020-03-01 10:00:00,carla@corp.example""",
    "events": """
E1,Fair,2024-05-06 00:00,2024-05-08 00:00,true,,bert@corp.example,P1,2020-04-01 10:00:00
E2,Talk,2024-05-06 10:07,2024-05-06 10:48,false,ana@a.example,bert@corp.example,,
E3,Visit,2024-05-06 10:00,2024-05-06 11:00,false,"ze@b.example, who@x.example",,P2,
E4,Walk,2024-05-06 10:00,2024-05-06 11:00,false,,carla@corp.example,,2020-04-01 10:00:00""",
    "emails": """
M1,Hi,<p>Hi <b>x</b></p>,2021-05-01 10:00:00,ana@a.example,bert@corp.example,,P1,
M2,Ho,Ho,2021-05-02 10:00:00,bert@corp.example,"ze@b.example, ana@a.example",,P2,D2
M3,He,He,2021-05-03 10:00:00,ze@b.example,bert@corp.example,unal@b.example,P2,""",
    "notes": """
N1,One,a & b,2021-06-01 10:00:00,bert@corp.example,P1,
N2,Two,<i>b</i>,2021-06-02 10:00:00,,P2,D2
N3,,c,2021-06-03 10:00:00,carla@corp.example,,D1""",
}
LATER = {
    "companies": """
C1,Alpha Two,carla@corp.example,,Old,2019-01-09 10:00:00,carla@corp.example
C2,Beta,,Köln,New,2019-01-03 10:00:00,bert@corp.example
C3,Gamma,bert@corp.example,Faro,,2019-01-03 10:00:00,carla@corp.example""",
    "contacts": """
P1,Ana Sá,ana@a.example,+351 210 000 001,C3,,VIP,,2020-01-09 10:00:00,carla@corp.example,
P2,Zé O'Neil,ze@b.example,,,,x,,2020-01-02 10:00:00,carla@corp.example,Go
P3,Ünal <b>,unal@b.example,,C1,Clerk,x,carla@corp.example,,carla@corp.example,a < b
P4,Friend,friend@b.example,,C2,,,bert@corp.example,2020-01-03 10:00:00,,
P5,New Name,old@b.example,,,Boss,,,2020-01-02 10:00:00,,Go
P6,Mover,mover@b.example,,C1,,,,2020-01-03 10:00:00,,""",
    "deals": """
D1,Roof,999,New,P2,,bert@corp.example,x,,2020-02-09 10:00:00,carla@corp.example,
D2,Wall,,Won,P2,C3,,Hot,High,2020-02-01 10:00:00,bert@corp.example,y <b>
D3,Door,5,Qualified,,,carla@corp.example,,Low,,carla@corp.example,new
D4,The Gate,7,New,P3,C1,bert@corp.example,x,,2020-02-02 10:00:00,,z
D5,Fence,7,New,P4,,,"Hot,x",High,2020-02-02 10:00:00,,""",
    "tasks": """
T1,Ring twice,To Do,2030-01-01,2021-01-09 10:00:00,carla@corp.example,P1,,2020-03-01 10:00:00,
T2,Mail,Email,2030-01-01,,bert@corp.example,P1,,2020-03-01 10:00:00,
T3,Look up,,2030-02-01,,carla@corp.example,P2,D2,2020-03-09 10:00:00,carla@corp.example
T4,Ask,Call,2030-01-01,2021-01-02 10:00:00,bert@corp.example,,,2020-03-01 10:00:00,
T5,Pay,Odd,2030-01-01,,,P3,D2,2020-03-01 10:00:00,bert@corp.example""",
    "events": """
E1,Fair,2024-05-02 00:00,2024-05-08 00:00,true,,bert@corp.example,P1,2020-04-09 10:00:00
E2,Talk,2024-05-06 10:07,2024-05-06 10:58,false,,,,
E3,Visit,2024-05-06 10:20,2024-05-06 11:00,false,ana@a.example,,,
E4,Walk,2024-05-07 00:00,2024-05-09 00:00,true,unal@b.example,carla@corp.example,P1,""",
    "emails": """
M1,Hi,<p>Hi <i>x</i></p>,2021-05-01 10:00:00,ana@a.example,who@x.example,,P1,
M2,Ho again,Ho,2021-05-09 10:00:00,carla@corp.example,ana@a.example,ze@b.example,P2,D2
M3,He,He,2021-05-03 10:00:00,who@x.example,,,P2,""",
    "notes": """
N1,One,a < b,2021-06-09 10:00:00,carla@corp.example,P1,
N2,Twice,<i>c</i>,2021-06-02 10:00:00,bert@corp.example,P2,D2
N3,Three,,2021-06-03 10:00:00,carla@corp.example,,D1""",
}
UNTOLD_LATER = [
    "('calendar.event', 'meetings E4'), create_date: 2020-04-01 10:00:00 | today",
]
"""When and by whom a record was made is kept once it is not told any more."""
UNTOLD_FIRST = [
    "('crm.lead', 'deals D2'), create_uid: res.users Bert | res.users OdooBot",
    "('res.partner', 'companies C2'), create_uid: res.users Bert | res.users OdooBot",
    "('res.partner', 'contacts P2'), create_uid: res.users Carla | res.users OdooBot",
]


def write_files(rows, prefix=""):
    return {
        f"{prefix}{name}.csv": f"{HEADINGS[name]}{text}\n"
        for name, text in rows.items()
    }


@tagged("post_install", "-at_install")
class TestSecondWay(MigrationCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.env["res.users"].with_context(no_reset_password=True)
        for name in ("bert", "carla"):
            address = f"{name}@corp.example"
            users.create({"name": name.title(), "login": address, "email": address})

    def load(self, rows):
        self.import_files(write_files(rows))
        self.run_kinds("discover", "extract", "load", "verify")

    def read_again(self, rows):
        files = self.upload(write_files(rows, "newer ")).ids
        dialog = self.env["crm.migration.read.again"].create(
            {"job_id": self.job.id, "file_ids": files}
        )
        with mute_logger("odoo.addons.crm_migration"):
            dialog.action_read_again()
            self.work(self.job.run_id)
        self.run_kinds("load", "verify")

    def describe_alone(self, rows):
        """Return what the files alone bring; Odoo is as before."""
        savepoint = self.env.cr.savepoint()
        self.load(rows)
        told = Description(self.job).tell()
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        return told

    def compare(self, alone):
        """Return what is not as the files alone would have it."""
        return find_differences(Description(self.job).tell(), alone)

    def check_verified(self):
        found = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertEqual(
            [(d.stream, d.source_id, d.field, d.expected, d.found) for d in found], []
        )

    def test_there_and_back(self):
        first, later = map(self.describe_alone, (FIRST, LATER))
        self.load(FIRST)
        self.assertEqual(self.compare(first), [], "the same twice is the same")
        self.read_again(LATER)
        self.assertEqual(self.compare(later), UNTOLD_LATER)
        self.check_verified()
        self.read_again(FIRST)
        self.assertEqual(self.compare(first), UNTOLD_FIRST)
        self.check_verified()
