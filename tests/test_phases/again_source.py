"""A small source in which every kind of record of Odoo occurs, for readings again."""

from ...connectors.core.source import Stream
from ...connectors.mapping.vocabulary import (
    as_object,
    boolean,
    constant,
    datetime,
    decimal,
    email,
    field,
    html,
    lookup,
    lookup_all,
    lookup_several,
    mapping,
    owner,
    split,
    strip,
)
from ..common import FakeSource
from ..test_staging.reading_common import ReadingCase

NAMED = {
    "teams": ("crm.team", "name"),
    "tags": ("crm.tag", "name"),
    "reasons": ("crm.lost.reason", "name"),
    "campaigns": ("utm.campaign", "title"),
    "channels": ("utm.source", "name"),
    "media": ("utm.medium", "name"),
    "trades": ("res.partner.industry", "name"),
    "groups": ("res.partner.category", "name"),
}
"""Stream → model and field of the lists that only have names."""
_NAME = field("name", "name", strip, required=True)
_THREAD = field(
    "@thread",
    ("deals", "companies"),
    lookup_several("deals", "companies"),
)
MAPPINGS = (
    mapping("users", "res.users", _NAME, field("email", "email", email)),
    *(
        mapping(stream, model, field(target, "name", strip, required=True))
        for stream, (model, target) in NAMED.items()
    ),
    mapping(
        "stages",
        "crm.stage",
        _NAME,
        field("is_won", "is_won", boolean),
        field("requirements", "rules", strip),
    ),
    mapping("optouts", "mail.blacklist", field("email", "email", email)),
    mapping(
        "companies",
        "res.partner",
        _NAME,
        field("is_company", None, constant(True)),
        field("email", "email", email),
        field("city", "city", strip),
        field("phone", "phone", strip),
        field("active", "in_use", boolean),
        field("industry_id", "trade", lookup("trades")),
        field("category_id", "groups", split(";"), lookup_all("groups", "")),
        after=("trades", "groups"),
    ),
    mapping(
        "deals",
        "crm.lead",
        _NAME,
        field("type", None, constant("opportunity")),
        field("expected_revenue", "amount", decimal),
        field("referred", "referred", strip),
        field("partner_id", "company", lookup("companies")),
        field("user_id", "owner", owner),
        field("stage_id", "stage", lookup("stages")),
        field("tag_ids", "tags", split(";"), lookup_all("tags", "")),
        field("campaign_id", "campaign", lookup("campaigns")),
        field("@state", "state", strip),
        field("lost_reason_id", "reason", lookup("reasons")),
        after=("companies", "stages", "tags", "campaigns", "reasons", "users"),
    ),
    mapping(
        "todos",
        "mail.activity",
        field("summary", "name", strip),
        field("date_deadline", "due", datetime),
        field("user_id", "owner", owner),
        field("note", "text", html),
        _THREAD,
        after=("companies", "deals", "users"),
    ),
    mapping(
        "meetings",
        "calendar.event",
        _NAME,
        field("start", "start", datetime),
        field("location", "place", strip),
        field("@partners", "guests", split(";"), lookup_all("companies", "")),
        _THREAD,
        after=("companies", "deals"),
    ),
    mapping(
        "notes",
        "mail.message",
        field("subject", "name", strip),
        field("body", "text", html),
        field("date", "date", datetime),
        _THREAD,
        after=("companies", "deals"),
    ),
    mapping(
        "files",
        "ir.attachment",
        _NAME,
        field("description", "about", strip),
        field("@file", ("path", "name"), as_object("path", "name")),
        _THREAD,
        after=("companies", "deals"),
    ),
)
STREAMS = tuple(
    Stream(item.stream, item.stream.capitalize(), depends_on=item.after)
    for item in MAPPINGS
)


def make_data():
    """Return stream → rows: two of everything, linked with each other."""
    data = {
        stream: [{"id": n, "name": f"{stream} {n}"} for n in (1, 2, 3)]
        for stream in NAMED
    }
    data["users"] = [
        {"id": 1, "name": "Jo Old", "email": "jo.old@again.example"},
        {"id": 2, "name": "Bea Old", "email": "bea.old@again.example"},
    ]
    data["stages"] = [
        {"id": 1, "name": "Measured again", "is_won": False, "rules": "Measure"},
        {"id": 2, "name": "Built again", "is_won": False},
        {"id": 3, "name": "Paid again", "is_won": True},
    ]
    data["optouts"] = [{"id": n, "email": f"no{n}@again.example"} for n in (1, 2)]
    data["companies"] = [
        {
            "id": n,
            "name": f"Again Roofs {n}",
            "email": f"hi@roofs{n}.example",
            "city": "Porto",
            "phone": f"+351 22 200 00 0{n}",
            "in_use": True,
            "trade": "1",
            "groups": "1",
        }
        for n in (1, 2, 3)
    ]
    data["deals"] = [
        {
            "id": n,
            "name": f"Roof {n}",
            "amount": "1000",
            "referred": "Fair",
            "company": "1",
            "owner": "1",
            "stage": "1",
            "tags": "1",
            "campaign": "1",
            "state": "open",
        }
        for n in (1, 2, 3)
    ]
    common = {"deals": "1", "companies": None}
    data["todos"] = [
        {
            **common,
            "id": n,
            "name": f"Measure {n}",
            "due": "2026-03-01T10:00:00Z",
            "owner": "1",
            "text": "<p>Bring the ladder</p>",
        }
        for n in (1, 2)
    ]
    data["meetings"] = [
        {
            **common,
            "id": n,
            "name": f"On the roof {n}",
            "start": "2026-03-02T10:00:00Z",
            "place": "Porto",
            "guests": "1",
        }
        for n in (1, 2)
    ]
    data["notes"] = [
        {
            **common,
            "id": n,
            "name": f"Called {n}",
            "text": "<p>They want slate</p>",
            "date": "2026-01-02T10:00:00Z",
        }
        for n in (1, 2)
    ]
    data["files"] = [
        {**common, "id": n, "name": f"roof{n}.txt", "about": "Plan", "path": f"/{n}"}
        for n in (1, 2)
    ]
    return data


class AgainCase(ReadingCase):
    """Loads everything once; each test goes on from there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        replaced = {
            "streams": STREAMS,
            "get_mappings": lambda source: MAPPINGS,
            "read_file": lambda source, reference: iter(
                [f"bytes of {reference['path']}".encode()]
            ),
        }
        for name, value in replaced.items():
            cls.classPatch(FakeSource, name, value)
        cls.data = FakeSource.data = make_data()
        FakeSource.faults = {}
        cls.job.attachment_policy = "all"
        cls.run_kinds("discover", "extract", "load", "verify")

    def setUp(self):
        super().setUp()
        self.data = FakeSource.data = make_data()

    def change(self, stream, source_id, **values):
        """Change a record of the source; without values take it away."""
        rows = self.data[stream]
        row = next(row for row in rows if row["id"] == source_id)
        if values:
            row.update(values)
        else:
            rows.remove(row)

    def work_on(self, record, **values):
        """Change a record as a person does, an hour later than it was loaded."""
        record.with_user(self.env.ref("base.user_admin")).write(values)
        self.age(record)

    def age(self, record):
        self.env.flush_all()
        if record._log_access:
            self.env.cr.execute(
                f"UPDATE \"{record._table}\" SET write_date = now() + interval '1 hour'"
                " WHERE id = %s",
                [record.id],
            )
        self.env.invalidate_all()

    def go_again(self):
        """Read and load again over the buttons; return stream → line of the load."""
        self.job.action_read_again()
        self.work(self.job.run_id)
        run = self.job.run_id
        assert run.state == "done", run.blocked_reason
        lines = self.load_changes()
        self.env.invalidate_all()
        return lines

    def call_read_again(self, **options):
        """Do the same from the command line; return the status and what it says."""
        status, said = self.call_replay("read_again", **options)
        return status, "\n".join(said)

    def get_differences(self):
        run = self.run_kind("verify")
        assert run.state == "done", run.blocked_reason
        return [
            (d.stream, d.source_id, d.field, d.expected, d.found)
            for d in self.env["crm.migration.difference"].search(
                [("job_id", "=", self.job.id), ("state", "=", "open")]
            )
        ]
