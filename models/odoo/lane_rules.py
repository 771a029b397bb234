"""Columns that can be worked out for a whole batch at once.

Odoo computes most of them record by record, and the recursive ones each in a call of its
own. A rule stands in for methods of one version only: where their source is another one,
or an addon overrides them, Odoo computes.
"""

import functools
import hashlib
import inspect
from dataclasses import dataclass

RULES = {}
"""(model, field) → ``Rule``."""


@dataclass(frozen=True)
class Rule:
    """What a rule stands in for, and how it works.

    :param methods: names of the methods whose work it does, the overridable ones that
        these call among them
    :param digest: of their source, in the order of inheritance (Odoo 19.0)
    """

    methods: tuple
    digest: str
    work_out: object


def rule(model_name, field_name, digest, *methods):
    """Register a function ``(creation, ids) → values for the cache``, in that order."""

    def register(work_out):
        RULES[model_name, field_name] = Rule(methods, digest, work_out)
        return work_out

    return register


def find_rule(model, field):
    """Return the function for a computed field, None where Odoo's methods are others."""
    known = RULES.get((model._name, field.name))
    if known and known.digest == digest_of(type(model), known.methods):
        return known.work_out
    return None


def digest_of(model_class, methods):
    """Return a digest of all definitions of some methods of a model."""
    return _digest(
        tuple(
            vars(each)[name]
            for name in methods
            for each in model_class.__mro__
            if name in vars(each)
        )
    )


@functools.cache
def _digest(functions):
    text = "".join(inspect.getsource(inspect.unwrap(each)) for each in functions)
    return hashlib.sha1(text.encode()).hexdigest()


# -- contacts ------------------------------------------------------------------


@rule("res.partner", "commercial_partner_id", "dabb8576c53137a66d4dc75fcef366f71a860e80", "_compute_commercial_partner")
def work_out_commercial_partner(creation, ids):
    parents = creation.get_cached("parent_id", ids)
    whole = creation.get_cached("is_company", ids)
    heads = _read(creation, parents, "commercial_partner_id")
    return [
        res_id if is_company or not parent else heads[parent].id or None
        for res_id, is_company, parent in zip(ids, whole, parents, strict=True)
    ]


@rule("res.partner", "commercial_company_name", "c30fe0e08579b63a8a7b4e24bfa6d1efc041e699", "_compute_commercial_company_name")
def work_out_company_name(creation, ids):
    creation.compute_column("commercial_partner_id")
    heads = creation.get_cached("commercial_partner_id", ids)
    loose = creation.get_cached("company_name", ids)
    partners = creation.model.browse(filter(None, dict.fromkeys(heads)))
    names = {each.id: each.is_company and each.name for each in partners}
    return [
        names.get(head) or name or None for head, name in zip(heads, loose, strict=True)
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
    model = creation.model.with_context({})
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
        values.append(text.strip() or None)
    return values


@rule("res.partner", "partner_share", "6a7c3bed980a8ab6c1fb55e0b437c500fe149bea", "_compute_partner_share")
def work_out_partner_share(_creation, ids):
    """Nobody's user yet can be a contact that is only just being created."""
    return [True] * len(ids)


def _read(creation, ids, name):
    """Return id → value of a field, read at once."""
    records = creation.model.browse(filter(None, dict.fromkeys(ids)))
    return {record.id: record[name] for record in records}


# -- deals ---------------------------------------------------------------------


def _prorate(creation, ids, name, digits=None):
    chances = creation.get_cached("probability", ids)
    amounts = creation.get_cached(name, ids)
    shares = (
        (amount or 0.0) * (chance or 0) / 100.0
        for amount, chance in zip(amounts, chances, strict=True)
    )
    return [share if digits is None else round(share, digits) for share in shares]


@rule("crm.lead", "prorated_revenue", "da8bccb21a9af8767ae6bf81b8aba492d03169a3", "_compute_prorated_revenue")
def work_out_prorated_revenue(creation, ids):
    creation.compute_column("probability")
    return creation.round_amounts(
        "prorated_revenue", ids, _prorate(creation, ids, "expected_revenue", 2)
    )


@rule("crm.lead", "recurring_revenue_prorated", "2e67d7e7374d28fecb85c47b73a60521680b0f5c", "_compute_recurring_revenue_prorated")
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
