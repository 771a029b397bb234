"""E-mail templates: two may have one name."""

from ..target_common import TargetData

TARGET = TargetData(
    model="mail.template",
    decided={("models", "Contact"): ("ir.model", "base.model_res_partner")},
    rows={
        "1": {
            "name": "Grüße & <hello>",
            "subject": "Bonjour ✓",
            "body_html": "<p>50 % of «everything» &amp; more</p>",
            "model_id": {"$map": ["models", "Contact"]},
        },
        "2": {"name": "Empty"},
    },
    before={"name": "Grüße & <hello>"},
    changed={"name": "Renamed by the source", "subject": "Au revoir"},
    edit={"name": "Renamed by Anna"},
)
