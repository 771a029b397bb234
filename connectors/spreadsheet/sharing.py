"""What the rows of one table are shared out to: several mappings, where it takes several."""

from dataclasses import replace

from .calls import as_phone_calls
from .conditions import divide_converted, without_deleted
from .opt_outs import with_opt_outs
from .product_lines import take_lines
from .proposal import propose
from .series import refer_to_series
from .stage_history import with_history
from .sureness import with_confidence


def propose_for(group, objects):
    """Return the ``Mapping``s for a group of tables of a known object.

    :param objects: ``{object: (its stream, its columns by name)}`` that can be referred to
    """
    return tuple(
        with_confidence(each, group.columns, group.known)
        for each in _share(group, objects)
    )


def _share(group, objects):
    found = propose(
        group.name, group.known, group.columns, objects, group.tables[0].sample
    )
    found = take_lines(found, group)
    found = without_deleted(found, group.columns)
    found = with_history(found, group)
    if group.known == "emails" and "contacts" in objects:
        # Whom a mail belongs to is found by the addresses of the contacts.
        after = dict.fromkeys((*found.after, objects["contacts"][0]))
        found = replace(found, after=tuple(after))
    if group.series:
        return refer_to_series(found, group.series)
    if group.known == "leads":
        shared = divide_converted(found, group.columns, objects)
        return with_opt_outs(found, shared, group.columns)
    if group.known in ("contacts", "companies"):
        further = group.further.take(found, group) if group.further else ()
        return with_opt_outs(found, (found, *further), group.columns)
    return as_phone_calls(found) if group.known == "calls" else (found,)
