"""In which order records are loaded: each object behind those it refers to."""

from graphlib import CycleError, TopologicalSorter

from .custom_objects import is_custom_object


def in_load_order(env, job, listed):
    """Return the mappings in their order; where they refer in a circle, as they were read.

    :param listed: mappings as JSON
    """
    # Not sets: their order is another one in each process, and so would be that of loads.
    names = dict.fromkeys(mapping["stream"] for mapping in listed)
    sorter = TopologicalSorter(dict.fromkeys(names, ()))
    for mapping in listed:
        needed = (n for n in mapping["after"] if n in names and n != mapping["stream"])
        sorter.add(mapping["stream"], *needed)
    try:
        order = list(sorter.static_order())
    except CycleError:
        order = [stream.name for stream in job.stream_ids]
    place = {name: position for position, name in enumerate(order)}
    rank = get_ranks(env, listed)
    return sorted(listed, key=lambda m: (rank(m), place.get(m["stream"], 0), m["part"]))


def get_ranks(env, listed):
    """Return what tells the turn of a mapping: custom objects follow all others.

    Only what hangs on records, on theirs too, comes behind them.

    :param listed: mappings as JSON
    """
    if not any(is_custom_object(mapping["model"]) for mapping in listed):
        return lambda mapping: 0
    behind = env["crm.migration.target"]._list_history()
    return lambda mapping: (
        1 if is_custom_object(mapping["model"]) else 2 * (mapping["model"] in behind)
    )
