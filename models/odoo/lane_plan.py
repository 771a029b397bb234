"""What the fast lane has to know of a model: its columns, and what Odoo computes of them."""

import functools
import hashlib
import inspect
from dataclasses import dataclass, field

from odoo import models

REPLACED = (
    "_create",
    "_prepare_create_values",
    "_add_missing_default_values",
    "_add_precomputed_values",
)
"""Methods of ``BaseModel`` whose work the lane does itself. Whoever overrides one of them
is to be heard, and so is a version of Odoo in which they do something else."""


KNOWN_SOURCES = frozenset({"597f967b790394021689cf86ee7b9c6b6842a55c"})
"""Digest of the source of ``BaseModel.create`` and of the methods above (Odoo 19.0)."""


KNOWN_COMPUTES = tuple(
    f"odoo.{name}."
    for name in (
        *("orm", "addons.base", "addons.mail", "addons.phone_validation"),
        *("addons.crm", "addons.calendar", "addons.crm_migration"),
        *("addons.account_edi_ubl_cii", "addons.base_vat", "addons.google_calendar"),
        *("addons.project", "addons.rating", "addons.sale_project"),
    )
)
"""Whose compute methods were seen to work on records that have no row yet: they read
fields, and fields only. Those of any other addon run once the rows are there."""


COPIED = frozenset(
    {
        *("char", "text", "selection", "boolean"),
        *("integer", "many2one", "date", "datetime"),
    }
)
"""Types whose cached value is what the column gets, None as NULL."""


@dataclass
class Plan:
    """Fields of a model, as the lane treats them.

    ``reason`` says why the model cannot take the lane, None if it can.
    """

    reason: str | None = None
    columns: dict = field(default_factory=dict)
    """Name → field, of all that has a column, but for the id."""
    lists: dict = field(default_factory=dict)
    """Name → stored field without a column."""
    early: list = field(default_factory=list)
    """Computed columns that are worked out before the rows are written."""
    late: list = field(default_factory=list)
    """Those that need the rows, or may."""


def make_plan(model, own_class):
    """Return the plan of a model.

    :param own_class: the class whose ``create`` the lane stands in for; what comes behind
        it in the order of inheritance is not called
    """
    if reason := _why_not(model, own_class):
        return Plan(reason)
    plan = Plan()
    for each in model._fields.values():
        if not each.store or each.name == "id":
            continue
        (plan.columns if each.column_type else plan.lists)[each.name] = each
        if each.compute and each.column_type:
            known = all(
                other.column_type or not other.store
                for other in model.pool.field_computed[each]
            )
            # What is needed with the row is computed without one by Odoo as well.
            early = each.precompute or (known and _is_known(model, each))
            (plan.early if early else plan.late).append(each)
    return plan


def _why_not(model, own_class):
    if model._inherits or model._parent_store or not model._log_access:
        return "hierarchy"
    if digest_of_create() not in KNOWN_SOURCES:
        return "odoo_changed"
    for name in REPLACED:
        if getattr(type(model), name) is not getattr(models.BaseModel, name):
            return "method_overridden"
    return None if _is_last(type(model), own_class) else "create_overridden"


def _is_last(model_class, own_class):
    """Tell whether nothing but Odoo's own ``create`` comes behind ours."""
    behind = False
    for each in model_class.__mro__:
        if each is models.BaseModel:
            return behind
        if behind and "create" in vars(each):
            return False
        behind = behind or each is own_class
    return False


@functools.cache
def digest_of_create():
    """Return a digest of what the lane does in Odoo's place, as this Odoo has it."""
    sources = (
        inspect.getsource(inspect.unwrap(getattr(models.BaseModel, name)))
        for name in ("create", *REPLACED)
    )
    return hashlib.sha1("".join(sources).encode()).hexdigest()


def _is_known(model, computed):
    """Tell whether each of the methods behind a computed field is one that is known."""
    if computed.manual:
        # What an administrator wrote.
        return False
    if not isinstance(computed.compute, str):
        return _is_of_known(computed.compute)
    methods = [
        vars(each)[computed.compute]
        for each in type(model).__mro__
        if computed.compute in vars(each)
    ]
    return all(map(_is_of_known, methods))


def _is_of_known(method):
    module = getattr(method, "__module__", None) or ""
    return f"{module}.".startswith(KNOWN_COMPUTES)
