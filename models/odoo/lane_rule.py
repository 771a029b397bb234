"""Columns that can be worked out for a whole batch at once.

Odoo computes most of them record by record, and the recursive ones each in a call of its
own. A rule stands in for methods of one version only: where their source is another one,
or an addon overrides them, Odoo computes.
"""

import functools
import hashlib
import inspect
from dataclasses import dataclass

from .lane_plan import COPIED

RULES = {}
"""(model, field) → ``Rule``."""

UNKNOWN = object()
"""What a rule says of a record that it leaves to Odoo."""


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
    """Register a function ``(creation, ids) → values for the cache``, in that order.

    Of models that share their methods each has a rule, for each may override them.
    """

    def register(work_out):
        RULES[model_name, field_name] = Rule(methods, digest, work_out)
        return work_out

    return register


def find_rule(model, field):
    """Return the function for a computed field, None where Odoo's methods are others."""
    known = RULES.get((model._name, field.name))
    if known and known.digest == digest_of(type(model), known.methods):
        return known.work_out
    if not known and _is_simply_related(model, field):
        return functools.partial(work_out_related, field)
    return None


def _is_simply_related(model, field):
    """Tell whether a field repeats a plain one of the record that it links to."""
    path = field.related.split(".") if field.related else ()
    if len(path) != 2 or field.compute != field._compute_related:
        return False
    link = model._fields[path[0]]
    is_plain = field.type in COPIED and not (field.translate or field.company_dependent)
    return (
        is_plain and link.type == "many2one" and link.store and bool(link.column_type)
    )


def work_out_related(field, creation, ids):
    """Read each of the records that are linked to once, however many link to it."""
    link, name = field.related.split(".")
    creation.compute_column(link)
    linked = creation.get_cached(link, ids)
    comodel = creation.env[creation.model._fields[link].comodel_name]
    if field.compute_sudo:
        comodel = comodel.sudo()
    records = comodel.browse(filter(None, dict.fromkeys(linked)))
    found = {record.id: record[name] for record in records}
    values = {
        each: field.convert_to_cache(
            field._process_related(found.get(each, False), creation.env), creation.model
        )
        for each in dict.fromkeys(linked)
    }
    return [values[each] for each in linked]


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
