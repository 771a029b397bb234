"""What kind of field a column is: by its name and its values."""

import json
import re
import unicodedata

SYNONYMS = {
    "name": {"fullname", "displayname", "title", "dealname", "companyname", "subject"},
    "email": {"emailaddress", "mail", "emailaddress1", "primaryemail"},
    "phone": {"phonenumber", "telephone", "tel", "telephone1", "mobile", "mobilephone"},
    "street": {"address", "streetaddress", "address1", "addressline1", "street1"},
    "street2": {"address2", "addressline2"},
    "zip": {"postalcode", "postcode", "zipcode", "plz"},
    "city": {"town", "locality"},
    "website": {"url", "domain", "web", "homepage"},
    "function": {"jobtitle", "position", "jobname"},
    "comment": {"notes", "note", "remarks", "description"},
    "description": {"notes", "note", "comment", "details"},
    "expected_revenue": {"amount", "value", "dealvalue", "revenue"},
    "date_deadline": {"expectedclosedate", "closedate", "duedate"},
    "partner_name": {"company", "companyname", "accountname", "organization"},
    "contact_name": {"contact", "contactname"},
    "vat": {"vatnumber", "taxid", "taxnumber"},
    "ref": {"reference", "externalid", "code"},
}


KINDS = {
    "char": {"char", "text", "html"},
    "text": {"char", "text", "html"},
    "html": {"text", "html"},
    "integer": {"integer", "float", "monetary", "char"},
    "float": {"float", "monetary", "char"},
    "monetary": {"float", "monetary"},
    "boolean": {"boolean"},
    "date": {"date", "datetime", "char"},
    "datetime": {"date", "datetime", "char"},
    "selection": {"char", "selection"},
}


STEPS = {
    "integer": [["integer"]],
    "float": [["decimal"]],
    "monetary": [["decimal"]],
    "boolean": [["boolean"]],
    "date": [["date"]],
    "datetime": [["datetime", None]],
    "html": [["html"]],
    "char": [["strip"]],
    "text": [["strip"]],
    "selection": [["strip"]],
}


CUSTOM_STEPS = {
    **STEPS,
    "url": [["url"]],
    "json": [["json_text"]],
    "multi_selection": [],
}


def normalize(text):
    """Return a name without case, accents, blanks and punctuation.

    >>> normalize("E-Mail Adresse"), normalize("Téléphone_1")
    ('emailadresse', 'telephone1')
    """
    plain = unicodedata.normalize("NFKD", text or "")
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "", plain).lower()


def guess_kind(values):
    """Return the kind of field that holds these JSON values.

    >>> guess_kind([1, 2]), guess_kind(["2024-01-05"]), guess_kind([{"a": 1}])
    ('integer', 'date', 'json')
    """
    values = [value for value in values if value not in (None, "", [], {})]
    tests = (
        ("boolean", lambda v: isinstance(v, bool)),
        ("integer", lambda v: isinstance(v, int)),
        ("float", lambda v: isinstance(v, int | float)),
        ("json", lambda v: isinstance(v, dict | list)),
        ("date", lambda v: _matches(v, r"\d{4}-\d\d-\d\d$")),
        ("datetime", lambda v: _matches(v, r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")),
        ("html", lambda v: _matches(v, r"(?s).*</?[a-z][^<>]*>")),
        ("text", lambda v: isinstance(v, str) and ("\n" in v or len(v) > 200)),
    )
    for kind, test in tests:
        if values and all(map(test, values)):
            return kind
    return "char"


def _twins(path):
    """Return other members that say the same: ``user`` and ``user_id``, ``user.name``.

    >>> sorted(_twins("user_id")), sorted(_twins("user.name"))
    (['user'], ['user', 'user_id'])
    """
    first = path.split(".")[0]
    if first != path:
        return {first, f"{first}_id"}
    return {path.removesuffix("_id")} if path.endswith("_id") else {f"{path}_id"}


def _sample_text(value):
    """Return the JSON text of a sample, without what no database can keep."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text.encode("utf-8", "ignore").decode()[:300]


def _matches(value, pattern):
    return isinstance(value, str) and bool(re.match(pattern, value))


def in_order(sample):
    """Return [(path, figures)] of a sample in the order of the source."""
    last = len(sample)
    return sorted(sample.items(), key=lambda item: item[1].get("position", last))
