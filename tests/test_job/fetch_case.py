"""A source whose contacts bring comments along, and the dialog that fetches one of them."""

from ...connectors.core.source import Page, Record, Stream
from ...connectors.mapping.vocabulary import (
    constant,
    email,
    field,
    html,
    lookup,
    lookup_parent,
    mapping,
    strip,
)
from ..common import CrmMigrationCase, FakeSource

STREAMS = (
    Stream("companies", "Companies"),
    Stream("contacts", "Contacts", depends_on=("companies",)),
    Stream("comments", "Comments", derived_from="contacts"),
    Stream("rows", "Rows", by_content=True),
)
MAPPINGS = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("city", "city", strip),
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("email", "email", email),
        field("city", "city", strip),
        field("function", "role", strip),
        field("parent_id", "company", lookup("companies")),
        after=("companies",),
    ),
    mapping(
        "comments",
        "mail.message",
        field("body", "text", html, required=True),
        field("@thread", "_parent", lookup_parent, required=True),
        after=("contacts",),
    ),
    mapping("rows", "crm.tag", field("name", "name", strip, required=True)),
)
GROUPS = "base.group_user,crm_migration.crm_migration_group_{}"


def read_pages(source, stream, checkpoint):
    """Bring the comments of contacts along, two contacts a page."""
    rows, position = source.data.get(stream.name, []), (checkpoint or {}).get("at", 0)
    while position < len(rows) or not position:
        if faults := source.faults.get(stream.name):
            if error := faults.pop(0):
                raise error
        chunk, records = rows[position : position + 2], []
        position += 2
        for row in chunk:
            records.append(
                Record(
                    stream.name,
                    str(row["id"]),
                    {k: v for k, v in row.items() if k != "comments"},
                )
            )
            for number, text in row.get("comments", {}).items():
                data = {
                    "text": text,
                    "_parent": {"stream": stream.name, "id": row["id"]},
                }
                records.append(Record("comments", str(number), data))
        last = position >= len(rows)
        yield Page(tuple(records), checkpoint=None if last else {"at": position})
        if last:
            return


class FetchCase(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.patch(FakeSource, "streams", STREAMS)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        self.patch(FakeSource, "read_pages", read_pages)
        self.job.duplicate_policy = "review"
        self.use_source(
            companies=[
                {"id": n, "name": f"Casa {n}", "city": "Porto"} for n in range(1, 4)
            ],
            contacts=[
                {
                    "id": n,
                    "name": f"Person {n} of Fetching",
                    "email": f"p{n}@fetch.example",
                    "city": "Porto",
                    "role": "Buyer",
                    "company": 1,
                    "comments": {
                        10 * n: f"<p>First of {n}</p>",
                        10 * n + 1: "<p>2</p>",
                    },
                }
                for n in range(1, 5)
            ],
            rows=[{"id": 1, "name": "fetched tag"}],
        )

    def load_all(self):
        self.run_kinds("discover", "extract", "load", "verify")

    def get_row(self, source_id, stream="contacts"):
        rows = FakeSource.data[stream]
        return next(row for row in rows if row["id"] == int(source_id))

    def change(self, source_id, stream="contacts", **values):
        self.get_row(source_id, stream).update(values)

    def open(self, source_id=None, stream="contacts", **values):
        action = self.job.action_ask_fetch()
        self.assertEqual(action["res_model"], "crm.migration.fetch")
        dialogs = self.env[action["res_model"]].with_context(**action["context"])
        streams = self.job.stream_ids.filtered(lambda s: s.name == stream)
        return dialogs.create(
            {"stream_id": streams.id, "source_id": source_id, **values}
        )

    def fetch(self, source_id, stream="contacts"):
        dialog = self.open(source_id, stream)
        action = dialog.action_fetch()
        self.assertEqual(action["res_id"], dialog.id)
        return dialog

    def load(self, dialog):
        dialog.action_load()
        self.work(self.job.run_id)
        self.assertEqual(self.job.run_id.state, "done", self.job.run_id.blocked_reason)
        self.env.invalidate_all()
        return self.job.run_id

    def get_stream(self, name):
        self.env.invalidate_all()
        return self.job.stream_ids.filtered(lambda s: s.name == name)

    def get_counts(self, name="contacts"):
        stream = self.get_stream(name)
        names = ("staged", "source", "vanished", "rejected")
        return [stream[f"{each}_count"] for each in names]

    def get_rows(self, dialog):
        return {
            row["target"]: (row["then"], row["source"], row["now"])
            for row in dialog.comparison
        }

    def work_on(self, record, **values):
        """Change a record as a person does, an hour after it was loaded."""
        record.with_user(self.env.ref("base.user_admin")).write(values)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = now() + interval '1 hour' WHERE id = %s",
            [record.id],
        )
        self.env.invalidate_all()

    def get_staged_states(self, but=()):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT stream, source_id, state, problem, message, payload_hash,"
            " values::text, vanished_at, is_sampled, staged_at"
            " FROM crm_migration_record WHERE job_id = %s ORDER BY id",
            [self.job.id],
        )
        rows = self.env.cr.fetchall()
        return [row for row in rows if row[:2] not in but]
