"""What a mapping gets besides, by what other columns of the table hold."""

from dataclasses import replace

from ..mapping.currency_signs import split_header
from ..mapping.several import has_address_beside, holds_several
from ..mapping.vocabulary import Step, field, labelled, other_numbers, value_map
from .columns_work import (
    END_TIME,
    LETTERS,
    PERIOD,
    PRODUCTS,
    START_TIME,
    TIME,
    WHOLE_DAYS,
)
from .evidence import (
    has_currency,
    has_phone,
    is_all_currencies,
    is_date,
    is_headed_currency,
    is_time,
    is_workflow,
    texts_of,
)
from .kinds_of_party import tell_parties_apart
from .names import divide, fold, squeeze
from .numbered import called_like_it
from .particular import ROLES, by_value, called_a_name


def complete(known, fields, found, streams):
    """Add what follows from the columns that were found together."""
    duration = fields.get("@duration")
    if "stop" in fields and duration and duration.steps[0].arguments == (None,):
        # Whoever gives the end need not be asked what the duration is counted in.
        fields.pop("@duration")
    if known in ("deals", "leads"):
        _add_currency(fields, found)
        _add_period(fields, found)
    if known == "leads" and "contact_name" not in fields:
        _add_person(fields, found)
    if known == "deals":
        _add_outcome(fields, found)
        _spell_out(fields)
    if known in ("deals", "leads"):
        _read_outcomes(fields, found)
    if known == "deals":
        contact, name = fields.get("contact_name"), fields.get("name")
        if contact and name and contact.source in (name.source, (name.source,)):
            # "Name" is the last name elsewhere; here it is the deal's.
            fields.pop("contact_name")
    if known in ("companies", "leads", "deals") and "name" not in fields:
        if column := called_a_name(found) or called_like_it(found):
            fields["name"] = field("name", column.name, Step("strip"), required=True)
            found.take("name", column.name)
    if known == "contacts":
        _tell_companies(fields)
        tell_parties_apart(fields, found, streams)
    if known in ("deals", "leads", "quotations"):
        _note_products(fields, found)
    if known == "meetings":
        _add_whole_days(fields, found)
    if known == "activities":
        _add_time_of_day(fields, found)
        _take_title(fields, found)
    _take_names_alone(fields, found)
    _add_phones_by_value(known, fields, found)
    _add_other_numbers(fields, found)
    return fields


def _tell_companies(fields):
    """Take a row that names a company and nobody in it for no person of that name."""
    name = fields.get("name")
    roles = name and name.steps[0].name == "full_name" and name.steps[0].arguments[0]
    if roles and "company" in roles:
        fields.pop("is_company", None)
        step = Step("is_organization", name.steps[0].arguments)
        fields["is_company"] = field("is_company", name.source, step)
        if roles == ["company"]:
            fields.pop("company_name", None)


def _add_person(fields, found):
    """Take a name beside a topic for that of the person, as Dynamics has it."""
    for _name, column in found.named(("name",)):
        if not found.is_used(column.name):
            fields["contact_name"] = field("contact_name", column.name, Step("strip"))
            found.take("contact_name", column.name)
            return


def _note_products(fields, found):
    """Keep names of products, often several in a cell, in the notes of what they are for.

    Without quantities and prices they are no lines of a quotation.
    """
    columns = [c for _n, c in found.named(PRODUCTS) if c.shape in ("", "values")]
    columns = [c for c in columns if texts_of(c) or c.shape]
    column = next((c for c in columns if not found.is_used(c.name)), None)
    if column and "@note" not in fields:
        fields["@note"] = field("@note", (column.name,), labelled(column.name))
        found.take("@note", column.name)


_PARTS = ("start", "stop", "start_date", "stop_date", "allday")


def _add_whole_days(fields, found):
    """Take days where a meeting has no times: they stand in columns of their own."""
    first, last = (
        next((c for _n, c in found.named(names) if is_date(c) and c.values), None)
        for names in WHOLE_DAYS
    )
    start, stop = fields.get("start"), fields.get("stop")
    if not first or (start and not isinstance(start.source, str)):
        return
    begin = start.source if start and start.source != first.name else ""
    end = stop.source if stop and isinstance(stop.source, str) else ""
    source = (first.name, begin, last.name if last else "", end)
    for target in _PARTS:
        steps = [Step("span", (target,))]
        if target in ("start", "stop"):
            # The instants are written in the zone of their own columns.
            steps += start.steps if start else [Step("datetime", (found.zone,))]
        fields[target] = field(target, source, *steps, required=target == "allday")
    for name in filter(None, source):
        found.take("start", name)


def _take_names_alone(fields, found):
    """Leave the address out of names such as HubSpot's ``Ana Silva (ana@example.com)``."""
    for target in ("name", "contact_name", "partner_name", "company_name"):
        item = fields.get(target)
        column = item and isinstance(item.source, str) and found.all.get(item.source)
        if column and item.steps[0].name == "strip":
            if any(map(has_address_beside, texts_of(column))):
                fields[target] = replace(item, steps=(Step("name_alone"),))


def _take_title(fields, found):
    """Take a description for the title of a task where something longer stands beside it.

    Capsule's tasks have a *Description*, and below it a *Detail*.
    """
    note = fields.get("note")
    longer = next((c for _n, c in found.named(("detail", "details"))), None)
    if "summary" in fields or not note or not longer or note.source == longer.name:
        return
    fields["summary"] = field("summary", note.source, Step("strip"))
    fields["note"] = replace(note, source=longer.name)
    found.take("note", longer.name)


def _add_time_of_day(fields, found):
    """Keep the time of day at which something is due: a to-do of Odoo has a day only."""
    for _name, column in found.named((*TIME, *START_TIME, *END_TIME)):
        if is_time(column) and not found.is_used(column.name) and "@note" not in fields:
            fields["@note"] = field("@note", (column.name,), labelled(column.name))
            found.take("@note", column.name)


def _add_currency(fields, found):
    """Say the currency of an amount: its own column, or what stands beside the number."""
    amount = fields.get("expected_revenue")
    if not amount or not isinstance(amount.source, str):
        return
    if "@currency" in fields:
        return
    column = found.all.get(amount.source)
    if column is None:
        return
    label = fold(column.name)
    names = (
        f"{label} currency",
        f"currency of {label}",
        f"currency {label}",
        f"{label} curr",
    )
    own = next((c for c in found.all.values() if c.currency_of == column.name), None)
    own = own or next((c for _n, c in found.named(names)), None)
    own = own or _sole(c for c in _unused(found) if is_headed_currency(c))
    own = own or _sole(c for c in _unused(found) if is_all_currencies(c))
    _rest, of_header = split_header(divide(column.name)[1])
    if own:
        fields["@currency"] = field("@currency", own.name, Step("strip"))
    elif has_currency(column):
        fields["@currency"] = field("@currency", column.name, Step("currency_of"))
    elif of_header:
        fields["@currency"] = field("@currency", None, Step("constant", (of_header,)))
    if "@currency" in fields:
        found.take("@currency", fields["@currency"].source)


def _unused(found):
    return (c for c in found.all.values() if c.values and not found.is_used(c.name))


def _sole(items):
    """Return the only one of some things, None where there are none or several."""
    items = list(items)
    return items[0] if len(items) == 1 else None


def _add_outcome(fields, found):
    """Take a status of workflow words as stages; tell won and lost by a stage's name."""
    state, stage = fields.get("@state"), fields.get("stage_id")
    if state and not stage and state.steps[0].name == "value_map":
        column = found.all.get(state.source)
        if column and column.values and is_workflow(column):
            fields["stage_id"] = field("stage_id", state.source, value_map("stages"))
            fields["@state"] = field(
                "@state", state.source, value_map("stage_outcomes")
            )
    elif stage and not state:
        fields["@state"] = field("@state", stage.source, value_map("stage_outcomes"))


_SPELLED = {"W": "Won", "w": "Won", "L": "Lost", "l": "Lost", "O": "Open", "o": "Open"}


def _spell_out(fields):
    """Read the letters of a column that says by its name what they stand for: ``W/L``."""
    state = fields.get("@state")
    letters = set(map(squeeze, LETTERS))
    if state and isinstance(state.source, str) and squeeze(state.source) in letters:
        step = Step("replace_values", (_SPELLED,))
        fields["@state"] = replace(state, steps=(step, *state.steps))


def _read_outcomes(fields, found):
    """Read what the file's dialect has other words for than everybody else."""
    state = fields.get("@state")
    column = state and isinstance(state.source, str) and found.all.get(state.source)
    if column and column.habit and column.habit.outcomes:
        step = Step("replace_values", (column.habit.outcomes,))
        fields["@state"] = replace(state, steps=(step, *state.steps))


_HIDDEN = (
    "Odoo shows it where Recurring Revenues is switched on in the settings of CRM."
)


def _add_period(fields, found):
    """Take what comes again every month or year as recurring revenue, not as the deal's."""
    amount = fields.get("expected_revenue")
    period = next((c for _n, c in found.named(PERIOD) if c.values), None)
    if not amount or not period or not isinstance(amount.source, str):
        return
    both = (amount.source, period.name)
    once, again = Step("in_period", ("once",)), Step("in_period", ("again",))
    fields["expected_revenue"] = replace(
        amount, source=both, steps=(once, *amount.steps)
    )
    fields["recurring_revenue"] = field(
        "recurring_revenue", both, again, *amount.steps, lossy=_HIDDEN
    )
    fields["recurring_plan"] = field(
        "recurring_plan", (period.name,) * 2, again, value_map("recurring_plans")
    )
    found.take("recurring_plan", period.name)


def _add_phones_by_value(known, fields, found):
    if known not in ("contacts", "companies") or "phone" in fields:
        return
    plus = [
        c
        for c in by_value(found, lambda text: text.startswith("+") and has_phone(text))
    ]
    if plus:
        fields["phone"] = field("phone", plus[0].name, Step("first_phone"))
        found.take("phone", plus[0].name)


def _add_other_numbers(fields, found):
    """Keep in the notes what e-mail and phone leave of their columns."""
    sources, columns, several = [], [], False
    for target, kind in ROLES.items():
        item = fields.get(target)
        if not item or item.steps[0].name not in (
            "first_email",
            "first_phone",
            "coalesce",
        ):
            continue
        names = (item.source,) if isinstance(item.source, str) else item.source
        several = several or len(names) > 1
        for name in names:
            column = found.all.get(name)
            if column is not None:
                several = several or bool(column.separators) or column.kind == "json"
                texts = texts_of(column)
                several = several or any(holds_several(text, kind) for text in texts)
                sources.append(name)
                columns.append((kind, name))
    if several and sources and "@note" not in fields:
        fields["@note"] = field("@note", tuple(sources), other_numbers(*columns))
