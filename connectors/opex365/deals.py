"""What leads and opportunities say about themselves only through other rows."""

from decimal import Decimal

from .processes import last_closing
from .sold import complete_lines
from .streams import COMPETITORS

QUALIFIED, WON, LOST = 1, 1, 2
"""States: of a lead that went on as a deal or a contact; of an opportunity that was won;
of a lead that was disqualified and of an opportunity that was lost."""
_CUSTOMERS = (
    ("parentcontactid", "contacts"),
    ("parentaccountid", "companies"),
    ("contactid", "contacts"),
    ("accountid", "companies"),
)


def complete_lead(data, currencies):
    """Add ``_customer``, ``_currency``, ``_rate``, ``_lost_reason``, ``_base_amount``.

    :param currencies: callable, ``Currencies``
    """
    complete_currency(data, currencies)
    if customer := _customer_of(data):
        data["_customer"] = customer
    if data.get("statecode") == LOST:
        # Every state has a status reason; only of what is lost it says why.
        reason = data.get("_labels", {}).get("statuscode")
        data |= {"_lost_reason": reason} if reason else {}
    based = data.get("estimatedvalue_base", data.get("estimatedamount_base"))
    if based is not None and data.get("exchangerate") not in (None, 1):
        data["_base_amount"] = based


def _complete_rate(data, currencies):
    """Say what one unit of the currency was worth in that of the organization.

    ``exchangerate`` is the other way round: units of the record's currency for one of
    the organization's, at the time of the last change of its amounts.
    """
    rate = data.get("exchangerate")
    if not isinstance(rate, int | float | Decimal) or rate <= 0 or rate == 1:
        return
    if base := currencies().base:
        data["_rate"] = round(float(1 / Decimal(str(rate))), 10)
        data["_rate_currency"] = base


def complete_qualified(data, deals):
    """Add ``_became`` to a lead that was qualified: what it went on as, by priority.

    :param deals: rows of the opportunities that say they came of it
    """
    if data.get("statecode") != QUALIFIED:
        return
    ids = [data.get("_qualifyingopportunityid_value")]
    ids += [row.get("opportunityid") for row in deals]
    became = [{"stream": "deals", "id": str(key).lower()} for key in filter(None, ids)]
    for column, stream in _CUSTOMERS:
        if key := data.get(f"_{column}_value"):
            became.append({"stream": stream, "id": str(key).lower()})
    found = data.get("_links", {}).get("customerid", {})
    if found.get("stream"):
        became.append({"stream": found["stream"], "id": found["id"]})
    if became:
        data["_became"] = [r for n, r in enumerate(became) if r not in became[:n]]


def complete_outcome(data):
    """Add ``_amount`` and ``_closed_at`` of a deal: what it came to, and on which day.

    Of what was won the actual value counts, also of what was lost where there is one.
    The close dialog fills the day and the instant; where they are not of one day, the
    instant is a midnight of somebody's zone, or stands for another closing.
    """
    closing = data.get("_closing", {})
    estimate = data.get("estimatedvalue")
    actual = data.get("actualvalue")
    actual = closing.get("actualrevenue") if actual is None else actual
    state = data.get("statecode")
    counts = actual is not None and (state == WON or (state == LOST and actual))
    amount = actual if counts else estimate
    if amount is not None:
        data["_amount"] = amount
    if counts and estimate not in (None, actual):
        data["_estimate"] = estimate
    day, moment = data.get("actualclosedate"), closing.get("actualend")
    same = day and moment and str(moment).startswith(str(day)[:10])
    if closed := moment if same or not day else day:
        data["_closed_at"] = closed


def complete_deal(data, currencies, stages):
    """Put process, closings and products, which came along as rows, into few members.

    :param stages: callable, the ``StageFinder``
    """
    complete_lead(data, currencies)
    complete_lines(data)
    instances, closings = [], []
    for navigation, rows in list(data.items()):
        kept = navigation.startswith("_") or navigation == COMPETITORS
        if kept or not isinstance(rows, list):
            continue
        if (
            rows
            and not {"businessprocessflowinstanceid", "activityid"} & rows[0].keys()
        ):
            continue  # a relation that was added
        del data[navigation]
        for row in rows:
            if "businessprocessflowinstanceid" in row:
                instances.append(row)
            elif "activityid" in row:
                closings.append(row)
    if stage := stages().stage_of(data, instances):
        data["_stage"] = stage
    if closing := last_closing(closings):
        data["_closing"] = closing
    complete_outcome(data)
    if data.get("statecode") == WON and data.get("_stage", {}).get("name"):
        # In Odoo it stands in the stage for won deals.
        data["_won_in"] = data["_stage"]["name"]


def complete_quotation(data, currencies):
    """Add ``_currency``, ``_customer`` and ``_lines`` of a quote or an order."""
    complete_currency(data, currencies)
    complete_lines(data)
    found = data.get("_links", {}).get("customerid", {})
    if found.get("stream"):
        data["_customer"] = {"stream": found["stream"], "id": found["id"]}
    elif customer := _customer_of(data):
        data["_customer"] = customer
    about = [data["_customer"]] if data.get("_customer") else []
    if key := data.get("_opportunityid_value"):
        about.insert(0, {"stream": "deals", "id": str(key).lower()})
    data["_thread"] = about


def complete_currency(data, currencies):
    """Add ``_currency`` of what has amounts, and the rate of the time it was saved."""
    if key := data.get("_transactioncurrencyid_value"):
        data["_currency"] = currencies().code_of(key)
    _complete_rate(data, currencies)


def _customer_of(data):
    for column, stream in _CUSTOMERS:
        if key := data.get(f"_{column}_value"):
            return {"stream": stream, "id": str(key).lower()}
    found = data.get("_links", {}).get("customerid", {})
    if not found.get("stream"):
        return None
    return {"stream": found["stream"], "id": found["id"]}


class Currencies:
    """Codes (ISO 4217) by id, and that of the organization's own currency."""

    def __init__(self, codes=None, base=None):
        self.codes = codes or {}
        self.base = self.code_of(base)

    def code_of(self, key):
        return self.codes.get(str(key or "").lower())
