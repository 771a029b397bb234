"""Load, roll back, load again: the second time gives what the first one gave."""

from odoo.tests import tagged

from ...connectors.mapping.parts import ValueList
from ...connectors.mapping.vocabulary import (
    constant,
    field,
    mapping,
    owner,
    split,
    strip,
    value_map,
)
from ..common import CrmMigrationCase, FakeSource

DEALS = (
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip, required=True),
        field("type", None, constant("opportunity")),
        field("stage_id", "stage", value_map("stages")),
        field("tag_ids", "tags", split(";"), value_map("tags")),
        field("source_id", "heard", value_map("sources")),
        field("lost_reason_id", "why", value_map("reasons")),
        field("@state", "state", strip),
        field("user_id", "owner", owner),
    ),
)
LISTS = (
    ValueList("stages", "Stages", "crm.stage", create=True),
    ValueList("tags", "Tags", "crm.tag", create=True),
    ValueList("sources", "Sources", "utm.source", create=True),
    ValueList("reasons", "Reasons", "crm.lost.reason", create=True),
)
MODELS = {item.model for item in LISTS} | {"crm.lead", "res.users", "res.partner"}


@tagged("post_install", "-at_install")
class TestLoadAgain(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.patch(FakeSource, "get_mappings", lambda source: DEALS)
        self.patch(FakeSource, "get_value_lists", lambda source: LISTS)
        self.use_source(
            deals=[
                {
                    "id": n,
                    "name": f"Roof {n}",
                    "stage": ("Sketched", "Measured", "Ordered")[n % 3],
                    "tags": ("Slate;Copper", "Copper", "")[n % 3],
                    "heard": "Trade fair in Porto",
                    "state": "lost" if n % 4 == 0 else "open",
                    "why": "Built it himself" if n % 4 == 0 else None,
                    "owner": "jo@gone.example",
                }
                for n in range(12)
            ]
        )
        self.run_kinds("discover", "extract")
        self.job.owner_ids.write({"decision": "placeholder"})
        rows = self.job.value_map_ids
        self.assertEqual(set(rows.mapped("decision")), {"create"})

    def describe(self):
        """Return what people see of the deals, without ids."""
        leads = [self.migrated("deals", str(n)) for n in range(12)]
        return [
            (
                *(lead.name, lead.stage_id.name, lead.active, lead.source_id.name),
                *(sorted(lead.tag_ids.mapped("name")), lead.lost_reason_id.name),
                *(lead.user_id.name, lead.probability, lead.write_date),
            )
            for lead in leads
        ]

    def count(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            name: self.env[name].with_context(active_test=False).search([]).ids
            for name in MODELS
        }

    def test_everything_is_as_before_decisions_included_and_loads_as_the_first_time(
        self,
    ):
        before = self.count()
        decided = self.job.value_map_ids.mapped(lambda r: (r.list, r.key, r.decision))
        self.run_kinds("load")
        first = self.describe()
        self.assertIn("Ordered", [row[1] for row in first])
        self.run_kinds("rollback")
        self.assertEqual(self.count(), before)
        self.assertEqual(
            self.job.value_map_ids.mapped(lambda r: (r.list, r.key, r.decision)),
            decided,
        )
        self.run_kinds("load")
        self.assertEqual(self.describe(), first)
        self.run_kinds("verify")
        self.assertFalse(self.job.difference_count)

    def test_what_a_person_chose_instead_is_not_taken_away(self):
        theirs = self.env["crm.lost.reason"].create({"name": "No money"})
        self.run_kinds("load")
        row = self.job.value_map_ids.filtered(lambda r: r.list == "reasons")
        made = row.target_ref
        row.target_ref = f"crm.lost.reason,{theirs.id}"
        self.run_kinds("rollback")
        self.assertTrue(theirs.exists())
        self.assertFalse(made.exists())
        self.assertEqual((row.decision, row.target_ref), ("map", theirs))
