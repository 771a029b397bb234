"""What leads and opportunities say about themselves only through other rows."""

from .processes import last_closing, line_of
from .streams import COMPETITORS

LOST = 2
"""State of a lead that was disqualified, and of an opportunity that was lost."""
_CUSTOMERS = (
    ("parentcontactid", "contacts"),
    ("parentaccountid", "companies"),
    ("contactid", "contacts"),
    ("accountid", "companies"),
)


def complete_lead(data, currencies):
    """Add ``_customer``, ``_currency``, ``_lost_reason``, ``_base_amount``.

    :param currencies: callable, {id: ISO code}
    """
    if key := data.get("_transactioncurrencyid_value"):
        data["_currency"] = currencies().get(str(key).lower())
    if customer := _customer_of(data):
        data["_customer"] = customer
    if data.get("statecode") == LOST:
        # Every state has a status reason; only of what is lost it says why.
        reason = data.get("_labels", {}).get("statuscode")
        data |= {"_lost_reason": reason} if reason else {}
    based = data.get("estimatedvalue_base", data.get("estimatedamount_base"))
    if based is not None and data.get("exchangerate") not in (None, 1):
        data["_base_amount"] = based


def complete_deal(data, currencies, stages):
    """Put process, closings and products, which came along as rows, into few members.

    :param stages: callable, the ``StageFinder``
    """
    complete_lead(data, currencies)
    instances, closings, lines = [], [], []
    for navigation, rows in list(data.items()):
        kept = navigation.startswith("_") or navigation == COMPETITORS
        if kept or not isinstance(rows, list):
            continue
        del data[navigation]
        for row in rows:
            if "businessprocessflowinstanceid" in row:
                instances.append(row)
            elif "opportunityproductid" in row:
                lines.append(row)
            elif "activityid" in row:
                closings.append(row)
    if stage := stages().stage_of(data, instances):
        data["_stage"] = stage
    if closing := last_closing(closings):
        data["_closing"] = closing
    if lines:
        lines.sort(key=_place_of_line)
        data["_lines"] = [line_of(row) for row in lines]


def _place_of_line(row):
    return row.get("lineitemnumber") or 0, row["opportunityproductid"]


def _customer_of(data):
    for column, stream in _CUSTOMERS:
        if key := data.get(f"_{column}_value"):
            return {"stream": stream, "id": str(key).lower()}
    found = data.get("_links", {}).get("customerid", {})
    return found if found.get("stream") else None
