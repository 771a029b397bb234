"""Records of Soffront that become nothing, and why."""

from ..core.sentences import _lt
from ..mapping.vocabulary import all_left_out, left_out

LEFT_OUT = (
    left_out("custom_fields", _lt("describes the fields that are mapped")),
    left_out("alerts", _lt("shown by Soffront's portal; Odoo's has no such page")),
    *all_left_out(
        ("surveys", "survey_answers"),
        _lt("a survey is built anew in Odoo; this is the inventory"),
    ),
    left_out(
        "followers",
        _lt("they stand on their tickets"),
    ),
    left_out("shipped_items", _lt("nothing is written to Odoo's own deliveries")),
    left_out("stage_changes", _lt("the audit trail; kept with the migration")),
)
