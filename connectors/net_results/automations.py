"""Campaigns of Net-Results: their names are all that its interface gives out."""

from ..core.sentences import _lt
from ..mapping.automations import Automation, Trigger

_KINDS = {"drip": "sequence", "workflow": "workflow"}


def tell_campaign(row):
    """Return the one ``Automation`` that a row of ``Campaign.getMultiple`` is."""
    said = {
        name.removeprefix("campaign_"): str(
            row.get(name) or row.get(f"campaign_{name}") or ""
        )
        for name in ("name", "type", "status")
    }
    kind = _KINDS.get(said["type"].lower(), "campaign")
    text = _lt("What starts it is not given out by Net-Results")
    return (
        Automation(
            said["name"],
            kind,
            Trigger("other", text=text),
            about="contacts",
            is_active=said["status"].lower() == "active" if said["status"] else None,
            used_by=(
                _lt(
                    "Kind: %(kind)s, state: %(state)s",
                    kind=said["type"] or "–",
                    state=said["status"] or "–",
                ),
            ),
            gaps=(
                _lt(
                    "Its steps are not given out: open the campaign in Net-Results and "
                    "write them down before the account ends."
                ),
            ),
        ),
    )
