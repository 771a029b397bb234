"""What the tests of proposals share."""

from ...connectors.mapping.vocabulary import field, lookup, mapping, strip, value_map
from ..common import CrmMigrationCase, FakeSource

MAPPINGS = (
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("state_id", "state", value_map("states")),
        field("country_id", "country", value_map("countries")),
        field("industry_id", "industry", value_map("industries")),
        field("category_id", "tags", value_map("tags")),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "title", strip, required=True),
        field("expected_revenue", "amount"),
        field("@currency", "currency", strip),
        field("partner_id", "contact", lookup("contacts")),
        field("stage_id", "stage", value_map("stages")),
        after=("contacts",),
    ),
)


LISTS = (
    ("states", "res.country.state", False),
    ("countries", "res.country", False),
    ("industries", "res.partner.industry", True),
    ("tags", "res.partner.category", True),
    ("stages", "crm.stage", False),
)


class ProposalCase(CrmMigrationCase):
    def read_all(self, **data):
        self.use_source(**data)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        self.run_kind("discover")
        self.job.sudo().value_lists = [
            {"name": name, "label": name.title(), "model": model, "create": create}
            for name, model, create in LISTS
        ]
        self.run_kind("extract")
        self.run_kind("transform")

    def value(self, name, key, scope=""):
        row = self.job.value_map_ids.filtered(
            lambda v: (v.list, v.key, v.scope or "") == (name, key, scope)
        )
        self.assertEqual(len(row), 1, (name, key, scope))
        return row
