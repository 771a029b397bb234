"""Records of Net-Results that become nothing, and why."""

from ..core.sentences import _lt
from ..mapping.vocabulary import all_left_out, is_one_of, left_out

LEFT_OUT = (
    left_out(
        "companies",
        _lt("Net-Results' word for a contact without a company"),
        when=is_one_of("account_name", "-", ""),
    ),
    left_out(
        "activities",
        _lt("chosen to be left behind under Kinds of history"),
        when=is_one_of("_type", "skip", value_list="history_kinds"),
    ),
    left_out("custom_fields", _lt("describes the fields that are mapped")),
    left_out("custom_values", _lt("stands in the fields of its contact")),
    left_out("activity_types", _lt("named with each event")),
    left_out("folders", _lt("Odoo has no folders for mailing lists")),
    left_out("lead_score_overlays", _lt("the lead score stands on each contact")),
    left_out("lead_scores", _lt("the lead score stands on each contact")),
    left_out(
        "imports", _lt("how contacts came into Net-Results, which are brought over")
    ),
    *all_left_out(
        (
            "workflows",
            "campaign_statistics",
            "forms",
            "conversations",
            "alerts",
            "reports",
        ),
        _lt("built anew in Odoo; this is the inventory"),
    ),
    left_out("domain_groups", _lt("built anew in Odoo; this is the inventory")),
)
