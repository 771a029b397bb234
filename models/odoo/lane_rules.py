"""The columns that can be worked out for a whole batch at once; see ``lane_rule``."""

import re
from importlib.util import find_spec

from odoo.tools import email_normalize
from odoo.tools.mail import email_normalize_all

from .lane_memo import Memo
from .lane_rule import UNKNOWN, rule

HAS_PHONENUMBERS = find_spec("phonenumbers") is not None
"""Odoo formats phone numbers; without the package it leaves each as it is (19.0)."""

HAS_FLANKER = find_spec("flanker") is not None

_PLAIN = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
"""Addresses that are normalized as they are, without a parser."""


# -- contacts ------------------------------------------------------------------


@rule(
    "res.partner",
    "commercial_partner_id",
    "dabb8576c53137a66d4dc75fcef366f71a860e80",
    "_compute_commercial_partner",
)
def work_out_commercial_partner(creation, ids):
    parents = creation.get_cached("parent_id", ids)
    whole = creation.get_cached("is_company", ids)
    heads = _read(creation, parents, "commercial_partner_id")
    return [
        res_id if is_company or not parent else heads[parent] or None
        for res_id, is_company, parent in zip(ids, whole, parents, strict=True)
    ]


@rule(
    "res.partner",
    "commercial_company_name",
    "c30fe0e08579b63a8a7b4e24bfa6d1efc041e699",
    "_compute_commercial_company_name",
)
def work_out_company_name(creation, ids):
    creation.compute_column("commercial_partner_id")
    heads = creation.get_cached("commercial_partner_id", ids)
    loose = creation.get_cached("company_name", ids)
    names, whole = _read(creation, heads, "name"), _read(creation, heads, "is_company")
    return [
        (whole.get(head) and names[head]) or name
        for head, name in zip(heads, loose, strict=True)
    ]


@rule(
    "res.partner",
    "complete_name",
    "5cffbeb84f8ca155e8b672a380397530a9b0b867",
    "_compute_complete_name",
    "_get_complete_name",
)
def work_out_complete_name(creation, ids):
    creation.compute_column("commercial_company_name")
    names = ("name", "type", "company_name", "parent_id", "is_company")
    columns = [creation.get_cached(name, ids) for name in names]
    companies = creation.get_cached("commercial_company_name", ids)
    parents = _read(creation, columns[3], "name")
    model = creation.env(context={})["res.partner"]
    kinds = model._complete_name_displayed_types
    words = dict(model._fields["type"]._description_selection(model.env))
    values = []
    for name, kind, loose, parent, whole, company in zip(
        *columns, companies, strict=True
    ):
        text = name or ""
        if loose or parent:
            if not text and (kind or False) in kinds:
                text = words[kind or False]
            if not whole:
                text = f"{company or parents.get(parent, False)}, {text}"
        values.append(text.strip())
    return values


@rule(
    "res.partner",
    "partner_share",
    "6a7c3bed980a8ab6c1fb55e0b437c500fe149bea",
    "_compute_partner_share",
)
def work_out_partner_share(_creation, ids):
    """Nobody's user yet can be a contact that is only just being created."""
    return [True] * len(ids)


def _read(creation, ids, name):
    """Return id → what the cache has of a field, False for nothing, read at once.

    What is still to be computed of somebody is asked of each.
    """
    model = creation.model.with_context(prefetch_fields=False)
    records = model.browse(filter(None, dict.fromkeys(ids)))
    field = model._fields[name]
    waiting = creation.env.transaction.tocompute.get(field, ())
    if set(records._ids).isdisjoint(waiting):
        records.fetch([name])
        cache = field._get_cache(model.env)
        if all(res_id in cache for res_id in records._ids):
            return {res_id: cache[res_id] or False for res_id in records._ids}
    return {each.id: field.convert_to_cache(each[name], each) for each in records}


# -- deals ---------------------------------------------------------------------


def _prorate(creation, ids, name, digits=None):
    chances = creation.get_cached("probability", ids)
    amounts = creation.get_cached(name, ids)
    shares = (
        (amount or 0.0) * (chance or 0) / 100.0
        for amount, chance in zip(amounts, chances, strict=True)
    )
    return [share if digits is None else round(share, digits) for share in shares]


@rule(
    "crm.lead",
    "prorated_revenue",
    "da8bccb21a9af8767ae6bf81b8aba492d03169a3",
    "_compute_prorated_revenue",
)
def work_out_prorated_revenue(creation, ids):
    creation.compute_column("probability")
    return creation.round_amounts(
        "prorated_revenue", ids, _prorate(creation, ids, "expected_revenue", 2)
    )


@rule(
    "crm.lead",
    "recurring_revenue_prorated",
    "2e67d7e7374d28fecb85c47b73a60521680b0f5c",
    "_compute_recurring_revenue_prorated",
)
def work_out_recurring_prorated(creation, ids):
    creation.compute_column("probability")
    return creation.round_amounts(
        "recurring_revenue_prorated", ids, _prorate(creation, ids, "recurring_revenue")
    )


@rule(
    "crm.lead",
    "recurring_revenue_monthly",
    "730c6813b669e0d959383a939ca4637f0ea8ea75",
    "_compute_recurring_revenue_monthly",
)
def work_out_recurring_monthly(creation, ids):
    plans = creation.get_cached("recurring_plan", ids)
    of = {
        plan.id: plan.number_of_months
        for plan in creation.env["crm.recurring.plan"].browse(
            filter(None, dict.fromkeys(plans))
        )
    }
    amounts = creation.get_cached("recurring_revenue", ids)
    return creation.round_amounts(
        "recurring_revenue_monthly",
        ids,
        [
            (amount or 0.0) / (of.get(plan) or 1)
            for amount, plan in zip(amounts, plans, strict=True)
        ],
    )


@rule(
    "crm.lead",
    "recurring_revenue_monthly_prorated",
    "36759111cf74a925487644f57bfc644a213a73c0",
    "_compute_recurring_revenue_monthly_prorated",
)
def work_out_monthly_prorated(creation, ids):
    creation.compute_column("probability")
    creation.compute_column("recurring_revenue_monthly")
    return creation.round_amounts(
        "recurring_revenue_monthly_prorated",
        ids,
        _prorate(creation, ids, "recurring_revenue_monthly"),
    )


# -- addresses and numbers -----------------------------------------------------

PHONE = (
    "_compute_phone_sanitized",
    *("_phone_format", "_phone_format_number"),
    *("_phone_get_number_fields", "_phone_get_country", "_phone_get_country_field"),
    "_mail_get_partner_fields",
)


@rule(
    "crm.lead",
    "email_normalized",
    "c5ea3917bbbac0b8908ac476345711bc5fb66354",
    "_compute_email_normalized",
)
@rule(
    "res.partner",
    "email_normalized",
    "c5ea3917bbbac0b8908ac476345711bc5fb66354",
    "_compute_email_normalized",
)
def work_out_email(creation, ids):
    texts = creation.get_cached(creation.model._primary_email, ids)
    return [_normalize(text) if text else None for text in texts]


def _normalize(text):
    lower = text.lower() if text.isascii() else ""
    if _PLAIN.fullmatch(lower):
        return lower
    return email_normalize(text, strict=False) or None


@rule(
    "crm.lead",
    "email_domain_criterion",
    "fc27693d39a6f13de37a0fc7f9bba8ca8ebe33d5",
    "_compute_email_domain_criterion",
)
def work_out_email_domain(creation, ids):
    from odoo.addons.iap.tools import iap_tools

    def find(email):
        if _PLAIN.fullmatch(email):
            domain = email.rpartition("@")[2]
            free = domain in iap_tools._MAIL_DOMAIN_BLACKLIST
            return email if free else f"@{domain}"
        return iap_tools.mail_prepare_for_domain_search(email) or None

    creation.compute_column("email_normalized")
    emails = creation.get_cached("email_normalized", ids)
    return [find(email) if email else None for email in emails]


@rule("crm.lead", "phone_sanitized", "83f53e015ded85337f5252e3e0de832b6596a0cb", *PHONE)
@rule(
    "res.partner", "phone_sanitized", "83f53e015ded85337f5252e3e0de832b6596a0cb", *PHONE
)
def work_out_phone(creation, ids):
    model = creation.model
    names, place = model._phone_get_number_fields(), model._phone_get_country_field()
    if not place or any(name not in creation.plan.columns for name in (*names, place)):
        return [UNKNOWN] * len(ids)
    columns = [creation.get_cached(name, ids) for name in names]
    if not HAS_PHONENUMBERS:
        return [next(filter(None, row), None) for row in zip(*columns, strict=True)]
    theirs = _get_countries_of_customers(creation, ids)
    Country = creation.env["res.country"]

    def sanitize(key):
        number, country_id = key
        country = Country.browse(country_id) or creation.env.company.country_id
        return model._phone_format_number(number, country) or None

    sanitized = Memo(sanitize)
    values = []
    for res_id, country_id, *numbers in zip(
        ids, creation.get_cached(place, ids), *columns, strict=True
    ):
        country_id = country_id or theirs.get(res_id)
        found = (sanitized[number, country_id] for number in numbers if number)
        values.append(next(filter(None, found), None))
    return values


def _get_countries_of_customers(creation, ids):
    """Return id → country of those whom a record is about; the last named counts."""
    countries = {}
    for name in creation.model._mail_get_partner_fields():
        field = creation.model._fields[name]
        if field.store and field.type == "many2one":
            theirs = creation.get_cached(name, ids)
        else:
            theirs = [each[name].ids for each in creation.model.browse(ids)]
        for res_id, partner_ids in zip(ids, theirs, strict=True):
            if partner_ids:
                found = creation.env["res.partner"].browse(partner_ids).country_id
                countries |= {res_id: found[0].id} if found else {}
    return countries


@rule(
    "crm.lead",
    "email_state",
    "2c19b49230520993cc97e49dc2e05679a9e51e23",
    "_compute_email_state",
)
def work_out_email_state(creation, ids):
    from odoo.addons.mail.tools import mail_validation

    def find(text):
        lower = text.lower() if text.isascii() else ""
        if _PLAIN.fullmatch(lower):
            # Without flanker an address is valid if it can be normalized (19.0).
            if not HAS_FLANKER:
                return "correct"
            emails = [lower]
        else:
            emails = email_normalize_all(text)
        valid = any(map(mail_validation.mail_validate, emails))
        return "correct" if valid else "incorrect"

    states = Memo(find)
    texts = creation.get_cached("email_from", ids)
    return [states[text] if text else None for text in texts]


# -- activities ----------------------------------------------------------------


@rule(
    "mail.activity",
    "res_name",
    "523cb25afccd03a60d9bb5d998219dccc4daa2d1",
    "_compute_res_name",
)
def work_out_res_name(creation, ids):
    creation.compute_column("res_model")
    models_ = creation.get_cached("res_model", ids)
    keys = list(zip(models_, creation.get_cached("res_id", ids), strict=True))
    wanted = {}
    for model, res_id in keys:
        if model and res_id:
            wanted.setdefault(model, {})[res_id] = None
    names = {
        (model, record.id): record.display_name
        for model, found in wanted.items()
        for record in creation.env[model].sudo().browse(found)
    }
    return [names.get(key) or None for key in keys]


# -- meetings ------------------------------------------------------------------


@rule(
    "calendar.attendee",
    "common_name",
    "923703c2bf9a02cd5b36f341693f302a82177907",
    "_compute_common_name",
)
def work_out_common_name(creation, ids):
    partners = creation.get_cached("partner_id", ids)
    known = creation.env["res.partner"].browse(filter(None, dict.fromkeys(partners)))
    names = {partner.id: partner.name or partner.email or None for partner in known}
    return [names.get(each) for each in partners]
