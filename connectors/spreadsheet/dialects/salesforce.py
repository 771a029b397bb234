"""Salesforce: the weekly Data Export, Data Loader and reports (API of 2018 to 2026).

Headers of the Data Export: real files in public repositories (273 CSV of 2022-23, one set
of 2018). Ids' first signs: Salesforce's "Standard Field Record ID Prefix Decoder", those
of the objects that were seen in files; case, campaign and product by general knowledge.
Instants are GMT without a mark in the Data Export, in the user's zone and format in
reports (third parties' manuals). Last lines of reports: four readers of them.
"""

from .dialect import COUNTED, STAMPED, Dialect, Sign, delivery_address, other_address

_ID = r"[0-9A-Za-z]{5}0[0-9A-Za-z]{9}(?:[0-9A-Za-z]{3})?"
_OWN_ID = {"Id": rf"(?=.*[A-Za-z]){_ID}"}
_PREFIXES = {
    "001": "companies",
    "003": "contacts",
    "00Q": "leads",
    "006": "deals",
    "00T": "activities",
    "00U": "meetings",
    "005": "users",
    "02s": "emails",
    "00P": "attachments",
    "068": "attachments",
    "500": "tickets",
    "701": "campaigns",
    "01t": "products",
}
_SUPERFLUOUS = {"SystemModstamp|LastModifiedById": STAMPED}
_SECOND = {
    "companies": (
        delivery_address(
            street="ShippingStreet",
            city="ShippingCity",
            zip="ShippingPostalCode",
            state_id="ShippingState",
            country_id="ShippingCountry",
        ),
    ),
    "contacts": (
        other_address(
            street="OtherStreet",
            city="OtherCity",
            zip="OtherPostalCode",
            state_id="OtherState",
            country_id="OtherCountry",
        ),
    ),
}
_OTHER_PHONES = {"OtherPhone": "other phone", "HomePhone": "home phone"}

DIALECTS = (
    Dialect(
        "Salesforce",
        "Data Export: WE_00D…_1.ZIP with one <ApiName>.csv for each object, instants in GMT",
        signs=(
            Sign(headers=("SystemModstamp",)),
            Sign(headers=("IsDeleted", "CreatedDate")),
        ),
        prefixes=_PREFIXES,
        columns={"contacts": _OTHER_PHONES},
        zone="UTC",
        further=_SECOND,
        superfluous=_SUPERFLUOUS,
    ),
    Dialect(
        "Salesforce",
        "Data Loader: <object>.csv with the names of the API, told by the ids",
        signs=(Sign(headers=("Id",), values=_OWN_ID),),
        prefixes=_PREFIXES,
        columns={"contacts": _OTHER_PHONES},
        further=_SECOND,
        superfluous=_SUPERFLUOUS,
    ),
    Dialect(
        "Salesforce",
        "reports: report<13 digits>.csv or .xls with labels, “Opportunity ID” of 15 signs",
        signs=(
            Sign(
                headers=("Opportunity Name", "Account Name", "Opportunity Owner|Stage")
            ),
            Sign(headers=("Account Name", "Account Owner", "Account ID|Contact ID")),
            Sign(
                file=r"^report\d{13}\.",
                pattern="(?:Account|Contact|Opportunity|Lead) .+",
            ),
        ),
        shown_by={
            "deals": ("Opportunity Name", "Stage|Amount"),
            "contacts": ("Last Name", "Contact ID|Account Name"),
            "companies": ("Account Name", "Account Owner"),
        },
        keys={
            "deals": "Opportunity ID",
            "contacts": "Contact ID",
            "companies": "Account ID",
        },
        superfluous={"Age|Fiscal Period": COUNTED},
    ),
)
