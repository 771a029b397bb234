"""Fields that need more than one column, or a look at what the columns hold."""

import re
from dataclasses import replace

from ..mapping.apply import get_value
from ..mapping.durations import unit_of_header
from ..mapping.several import name_of_email
from ..mapping.values import fold_words
from ..mapping.vocabulary import Step, field, value_map
from .columns_links import COMPANY
from .columns_people import EMAIL
from .columns_work import DURATION, STAGE, STATUS
from .evidence import (
    are_parts,
    converts,
    fits,
    has_email,
    has_own_time,
    is_date,
    is_serial_day,
    is_share,
    is_time,
    share,
    texts_of,
)
from .names import fold, squeeze

_MOSTLY_ONE_WORD = 0.5
MAX_COMPARED = 100
"""Values of a column that are looked for in another."""
ROLES = {
    "email": "email",
    "email_from": "email",
    "phone": "phone",
    "website": "url",
    "company_name": "text",
    "partner_name": "text",
}


def _numbers(item, found):
    """Take every column of e-mail addresses, or of telephone numbers, in order."""
    names = [column.name for column in _all_named(item, found)]
    if not names:
        test = has_email if item.steps[0].name == "first_email" else None
        names = [c.name for c in by_value(found, test)][:1] if test else []
    if not names:
        return None
    column = found.all[names[0]]
    if len(names) == 1 and column.kind == "json":
        source = column.name if column.shape in ("values", "objects") else None
        return source and replace(item, source=source)
    return replace(item, source=names[0] if len(names) == 1 else tuple(names))


def _all_named(item, found):
    columns = []
    named = list(found.named(item.source))
    for name in dict.fromkeys(name for name, _column in named):
        own = [column for called, column in named if called == name]
        # "Email", "E-Mail", "E-Mail 2": what is called so comes before what is counted on.
        for each in (*own, *(n for column in own for n in _repeated(column, found))):
            if each not in columns and each.shape != "object":
                if found.is_free(each, item.target) and fits(item, each, name):
                    columns.append(each)
    return columns


def _repeated(column, found):
    """Yield the columns that bear the same name once more: ``Email``, ``Email 2``."""
    bare = squeeze(column.name).rstrip("0123456789")
    for other in found.all.values():
        again = squeeze(other.name)
        if other.same_as == column.name or (
            other != column
            and bare
            and again.startswith(bare)
            and again[len(bare) :].isdigit()
        ):
            yield other
        elif _number_of(column.name) and other != column:
            # "E-mail 1 - Value", "E-mail 2 - Value".
            one, two = _number_of(column.name), _number_of(other.name)
            if two and one[::2] == two[::2] and one[1] != two[1]:
                yield other


def _number_of(name):
    words = fold(name).split()
    places = [place for place, word in enumerate(words) if word.isdigit()]
    if len(places) != 1 or len(words) < 3:
        return None
    place = places[0]
    return " ".join(words[:place]), words[place], " ".join(words[place + 1 :])


# Whose address or number a column says that it is, where it is another person's.
_OTHERS = frozenset(
    """
    owner responsible user manager created creator modified updated changed assigned assignee
    assistant supervisor spouse referrer referred referral rep representative
    salesperson salesman seller reports emergency parent
    besitzer eigentumer inhaber verantwortlich verantwortlicher zustandig zustandiger
    betreuer bearbeiter ersteller erstellt geandert vorgesetzter assistent assistenz
    vertriebler verkaufer berater
    proprietaire responsable createur cree modifie attribue assigne vendeur
    propietario creador creado modificado asignado vendedor gerente
    proprietario criador criado modificado atribuido responsavel
    responsabile creato modificato assegnato venditore
    eigenaar beheerder gemaakt gewijzigd toegewezen verkoper
    wlasciciel opiekun utworzony zmieniony przypisany handlowiec
    agare ansvarig skapad andrad saljare ejer ansvarlig eier selger
    vlastnik vytvoril tulajdonos felelos omistaja proprietar sahibi sorumlu
    владелец ответственный менеджер создал изменил
    """.split()
)


def _is_of_another(name):
    """Tell whether a header names somebody else than the row is about.

    >>> _is_of_another("Last Modified By Email"), _is_of_another("E-mail privat")
    (True, False)
    """
    words = {*fold_words(name).split(), *fold_words(fold(name)).split()}
    return not _OTHERS.isdisjoint(words)


def by_value(found, test):
    for column in found.all.values():
        if column.values and not column.nested and not found.is_used(column.name):
            if share(column, test) > 0.9 and not _is_of_another(column.name):
                yield column


def _person(item, found):
    """Put a person's name together: the whole, or parts of which none is the whole."""
    roles = item.steps[0].arguments[0]
    columns = [
        next((c for _n, c in found.named(names) if c.shape in ("", "values")), None)
        for names in item.source
    ]
    by_role = {role: [] for role in roles}
    for role, column in zip(roles, columns, strict=True):
        by_role[role].append(column)
    whole, parts = by_role["whole"][0], by_role["part"]
    company = by_role.get("company", [None])[0]
    if whole and whole == company:
        # "Raison sociale", alone or beside "Prénom" and "Nom": a company's, no person's.
        whole = None
    if whole and (place := _place_among(whole, parts)) is not None:
        parts[place], whole = whole, None
    parts = list(dict.fromkeys(c for c in parts if c and c not in (whole, company)))
    people = [(whole, "whole")] if whole else []
    people += [(column, "part") for column in parts]
    if not people:
        return _fallback(item, found)
    if company and company != whole and _stands_alone(company, people, found.rows):
        people.insert(0, (company, "company"))
    sources = tuple(column.name for column, _role in people)
    if len(sources) == 1:
        return replace(item, source=sources[0], steps=(Step("strip"),))
    step = Step("full_name", ([role for _column, role in people],))
    return replace(item, source=sources, steps=(step,))


def _place_among(whole, parts):
    """Return which part of a name a column is that could be the whole, None if it is that.

    "Name" beside "Vorname" is the last name, "Nombre" beside "Apellidos" the first.
    """
    first, last = (c if c and c != whole else None for c in (parts[0], parts[-1]))
    if bool(first) == bool(last):
        return None
    if _says_as_well(whole, first or last):
        return None
    return -1 if first else 0


def _says_as_well(whole, part):
    """Tell whether a column repeats what another holds: "Vera Example" beside "Example"."""
    owns = [f" {fold(text)} " for text in list(part.values)[:MAX_COMPARED]]
    if not owns:
        return share(whole, lambda text: " " not in text.strip()) <= _MOSTLY_ONE_WORD
    return share(whole, lambda text: any(o in f" {fold(text)} " for o in owns)) > 0.5


def _stands_alone(company, chosen, rows):
    """Tell whether rows name a company and nobody in it."""
    others = [column.name for column, role in chosen if role != "company"]
    return bool(others) and any(
        get_value(row, company.name)
        and not any(get_value(row, name) for name in others)
        for row in rows
    )


def _fallback(item, found):
    """Take who is named as the contact of a customer: a list made by hand."""
    person, company = (
        next((c for _n, c in found.named(names) if c.shape == ""), None)
        for names in (("contact", "contact person", "person"), COMPANY)
    )
    if person and company and person != company:
        if _stands_alone(company, [(person, "whole")], found.rows):
            step = Step("full_name", (["company", "whole"],))
            return replace(item, source=(company.name, person.name), steps=(step,))
    if person:
        return replace(item, source=person.name, steps=(Step("strip"),))
    if company:
        # A list of customers that names nobody in them.
        step = Step("full_name", (["company"],))
        return replace(item, source=(company.name,), steps=(step,))
    if column := called_a_name(found):
        return replace(item, source=column.name, steps=(Step("strip"),))
    for _name, column in found.named(EMAIL):
        # "Vera Example <vera@example.com>" says it besides.
        if any(name_of_email(text) for text in texts_of(column)):
            return replace(item, source=column.name, steps=(Step("name_of_email"),))
    return None


_NAME = re.compile(
    r"name|nom(?!br|m)|nome|nombre|naam|namn|navn|nazw|nimi|isim|jmeno|nev(?!e)|имя|назван",
)


def called_a_name(found):
    """Return the column whose header has a word for name in it: ``Custname``, ``Name 1``."""
    for column in found.all.values():
        if column.kind == "char" and not column.nested and column.values:
            if _NAME.search(squeeze(column.name)) and not found.is_used(column.name):
                if not column.looks_like_email and not column.looks_like_id:
                    return column
    return None


def _moment(item, found):
    """Join day and time of day where they stand in columns of their own."""
    of_end = item.steps[0].name == "moment_of_end"
    days = [c for _n, c in found.named(item.source[0]) if _is_written_day(c)]
    times = [c for _n, c in found.named(item.source[1]) if is_time(c)]
    times = [c for c in times if found.is_free(c, item.target)]
    others = [c for _n, c in found.named(item.source[1]) if _is_written_day(c)]
    days += [column for column in others if column not in days]
    if not days or not times:
        # One header for both, twice: "Début", "Début".
        times = times or [o for c in days for o in _repeated(c, found) if is_time(o)]
    flag = item.source[2:] and found.find(
        replace(item, steps=(Step("boolean"),)), item.source[2]
    )
    begin = begin_time = None
    if of_end:
        begin = next((c for _n, c in found.named(item.source[3]) if is_date(c)), None)
        begin_time = _time_of_begin(item, found, times)
    if not times and not (days and flag and of_end):
        return None
    if not (days or begin) or (times and days and has_own_time(days[0])):
        return None
    day = days[0] if days else begin
    order = day.date_order if day.date_order in ("dmy", "mdy") else "ymd"
    sources = [days[0].name if days else "", times[0].name if times else ""]
    if of_end:
        names = (flag, begin, begin_time if not days else None)
        sources += [column.name if column else "" for column in names]
    step = Step(item.steps[0].name, (order, None))
    while sources and not sources[-1]:
        sources.pop()
    return replace(item, source=tuple(sources), steps=(step,))


def _is_written_day(column):
    return is_date(column) and not is_serial_day(column)


def _time_of_begin(item, found, ends):
    names = item.source[4] if len(item.source) > 4 else ()
    columns = (c for _n, c in found.named(names) if is_time(c))
    return next((c for c in columns if c not in ends[:1]), None)


def _duration(item, found):
    """Read the unit of a duration from its header; without one it is asked about."""
    column = found.find(item)
    if column is None:
        return None
    habit = column.habit
    unit = (habit and habit.unit) or unit_of_header(column.name)
    return replace(item, source=column.name, steps=(Step("duration", (unit,)),))


def _duration_parts(item, found):
    units = item.steps[0].arguments[0]
    columns = {}
    for unit, names in zip(units, item.source, strict=True):
        for _name, column in found.named(names):
            if column not in columns.values():
                columns.setdefault(unit, column)
    # "Duration (h)", "Duration (m)": one name in every language, and units behind it.
    for _name, column in found.named(DURATION):
        unit = unit_of_header(column.name)
        if unit in units and column not in columns.values():
            columns.setdefault(unit, column)
    there = {unit: columns[unit] for unit in units if unit in columns}
    if len(there) < 2 or not are_parts(there):
        return None
    step = Step("duration_of", (list(there),))
    names = tuple(column.name for column in there.values())
    return replace(item, source=names, steps=(step,))


def _progress(item, found):
    """Take a flag of yes and no, and the words of a status."""
    done, words = item.source
    chosen = {}
    for names in (done, words):
        for _name, column in found.named(names):
            flag = column.kind == "boolean" or share(column, converts("boolean")) > 0.9
            chosen.setdefault(
                "done" if flag and column.values else "progress", column.name
            )
    if not chosen:
        return None
    step = Step("progress", (sorted(chosen),))
    return replace(item, source=tuple(chosen[r] for r in sorted(chosen)), steps=(step,))


def _percent(item, found):
    column = found.find(item)
    if column is None:
        return None
    habit = column.habit
    scale = (habit and habit.scale) or (100 if is_share(column) else 1)
    return replace(item, source=column.name, steps=(Step("percent", (scale,)),))


def _outcome(item, found):
    """Take flags; where they do not say all, the words of a status or a stage besides."""
    roles = item.steps[0].arguments[0]
    columns = [found.find(item, names) for names in item.source]
    chosen = {}
    for role, column in zip(roles, columns, strict=True):
        if column and column.name not in chosen.values():
            chosen[role] = column.name
    if not chosen:
        return None
    if not ("won" in chosen and ("closed" in chosen or "lost" in chosen)):
        status = field("@state", STATUS, value_map("deal_states"))
        stage = field("stage_id", STAGE, value_map("stages"))
        for role, other in (("deal_states", status), ("stage_outcomes", stage)):
            if column := found.find(other):
                chosen.setdefault(role, column.name)
                break
    step = Step("outcome", (list(chosen),))
    return replace(item, source=tuple(chosen.values()), steps=(step,))


PARTICULAR = {
    "first_email": _numbers,
    "first_phone": _numbers,
    "full_name": _person,
    "moment": _moment,
    "moment_of_end": _moment,
    "duration": _duration,
    "duration_of": _duration_parts,
    "percent": _percent,
    "outcome": _outcome,
    "progress": _progress,
}
"""First step of a template's field → how its columns are found."""
