"""Records of Concord CRM that become nothing, and why."""

from ..core.sentences import _lt
from ..mapping.vocabulary import all_left_out, left_out

LEFT_OUT = (
    *all_left_out(
        ("teams", "roles"),
        _lt("says who sees what; rights are never granted by a migration"),
    ),
    left_out("call_outcomes", _lt("named with each call")),
    left_out("document_types", _lt("named with each document")),
    left_out("custom_fields", _lt("describes the fields that are mapped")),
    left_out(
        "workflows",
        _lt("an automation is built anew in Odoo; this is the inventory"),
    ),
    left_out("trashed", _lt("was deleted in Concord; this is the list")),
)
