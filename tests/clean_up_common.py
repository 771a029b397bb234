"""A migration that has created fields, a model and entries of lists, some of them unused."""

from ..connectors.core.source import Stream
from ..connectors.mapping.parts import ValueList
from ..connectors.mapping.vocabulary import (
    boolean,
    constant,
    custom_field,
    custom_object,
    decimal,
    field,
    html,
    integer,
    lookup,
    lookup_all,
    mapping,
    split,
    strip,
    value_map,
)
from .common import CrmMigrationCase, FakeSource

STREAMS = (
    Stream("labels", "Labels"),
    Stream("pipelines", "Pipelines"),
    Stream("companies", "Companies"),
    Stream("deals", "Deals", depends_on=("companies", "labels", "pipelines")),
    Stream("machines", "Machines"),
)
GRADES = (("1", "Gold"), ("2", "Silver"))
LANGUAGES = (("pt", "Português"), ("da", "Dansk"))
MAPPINGS = (
    mapping("labels", "crm.tag", field("name", "name", strip, required=True)),
    mapping("pipelines", "crm.team", field("name", "name", strip, required=True)),
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("category_id", "tags", split(";"), value_map("tags")),
        custom_field("motto", "motto", strip, label="Motto"),
        custom_field("motto_long", "motto_long", strip, label="Motto, long", kind="text"),
        custom_field("about", "about", html, label="About us", kind="html"),
        custom_field("staff", "staff", integer, label="Staff", kind="integer"),
        custom_field("worth", "worth", decimal, label="Worth", kind="monetary"),
        custom_field("vip", "vip", boolean, label="VIP", kind="boolean"),
        custom_field("since", "since", strip, label="Customer since", kind="date"),
        custom_field(
            "grade", "grade", strip, label="Grade", kind="selection", options=GRADES
        ),
        custom_field(
            "spoken", "spoken", split(";"), label="Spoken", kind="multi_selection",
            options=LANGUAGES,
        ),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip, required=True),
        field("type", None, constant("opportunity")),
        field("partner_id", "company", lookup("companies")),
        field("team_id", "pipeline", lookup("pipelines")),
        field("stage_id", "stage", value_map("stages")),
        field("tag_ids", "labels", lookup_all("labels")),
        after=("companies", "labels", "pipelines"),
    ),
    custom_object(
        "machines",
        "x_machines",
        field("x_name", "name", strip),
        custom_field("serial", "serial", strip, label="Serial"),
        label="Machines",
    ),
)  # fmt: skip
LISTS = (
    ValueList("tags", "Tags", "res.partner.category", create=True),
    ValueList("stages", "Stages", "crm.stage", create=True),
)
NAMES = (
    *("motto", "motto_long", "about", "staff", "worth", "vip", "since", "grade"),
    "spoken",
)
FILLED = {
    "motto": "Semper", "motto_long": "Semper\nidem", "about": "<p>We</p>", "staff": 3,
    "worth": 4.5, "vip": True, "since": "2020-02-29", "grade": "1", "spoken": "pt;da",
}  # fmt: skip
"""What a company says where it says anything."""


class CleanUpCase(CrmMigrationCase):
    def setUp(self):
        # Last of all: what a test creates is gone with its transaction.
        self.addCleanup(lambda: self.registry._setup_models__(self.env.cr))
        super().setUp()
        self.patch(FakeSource, "streams", STREAMS)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        self.patch(FakeSource, "get_value_lists", lambda source: LISTS)
        empty = dict.fromkeys(NAMES)
        self.use_source(
            labels=[{"id": n, "name": f"Label {n}"} for n in range(1, 4)],
            pipelines=[{"id": 1, "name": "North"}, {"id": 2, "name": "South"}],
            companies=[
                {"id": 1, "name": "Söderström", "tags": "Slate;Copper", **empty},
                {"id": 2, "name": "Ek", "tags": "Slate", **empty},
            ],
            deals=[
                {"id": 1, "name": "Roof", "company": 1, "pipeline": 1, "labels": [1],
                 "stage": "Sketched"},
                {"id": 2, "name": "Floor", "company": 2, "pipeline": 1, "labels": [1, 2],
                 "stage": "Drawn"},
            ],
            machines=[],
        )  # fmt: skip

    def change(self, stream, source_id, **values):
        """Change what the source says of a record, or add the record."""
        rows = FakeSource.data[stream]
        row = next((row for row in rows if row["id"] == source_id), None)
        if row is None:
            row = {"id": source_id}
            rows.append(row)
        row |= values

    def migrate(self):
        self.run_kinds("discover")
        self.job.mapping_ids.line_ids.filtered("is_custom")._accept_custom()
        self.job.mapping_ids.write({"selected": True})
        self.run_kinds("extract", "load")

    def read_changes(self):
        self.run_kind("extract", {"again": True})
        self.assertEqual(self.job.run_id.state, "done", self.job.run_id.blocked_reason)
        self.run_kinds("load")

    def pieces(self, kind):
        """Return key → piece of a kind."""
        self.env.flush_all()
        return {p["key"]: p for p in self.job._find_pieces() if p["kind"] == kind}

    def offered(self, kind):
        return {key for key, piece in self.pieces(kind).items() if piece["offered"]}

    def clean(self, *chosen):
        """Tick (kind, key) in the dialog and confirm; return what it says."""
        action = self.job.action_ask_clean_up()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        lines = dialog._get_lines().filtered(
            lambda line: (line.kind, line.key) in chosen
        )
        self.assertEqual({(line.kind, line.key) for line in lines}, set(chosen))
        lines.chosen = True
        dialog.confirmed = True
        answer = dialog.action_clean_up()
        self.env.invalidate_all()
        return answer["params"]["message"]

    def field_names(self, model="res.partner"):
        known = self.env["ir.model.fields"].search(
            [("model", "=", model), ("state", "=", "manual")]
        )
        return {field.name for field in known}
