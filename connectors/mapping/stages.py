"""Conversions of what is told about a deal's way through its stages."""

from .dates import datetime_, datetime_as
from .references import lookup, value_map
from .values import as_list, as_objects, is_blank, transform


@transform
def stage_steps(value, stream):
    """
    >>> stage_steps([{"stage": 7, "at": "2025-03-04T13:05:11"}], "stages")
    [{'stage': {'$ref': ['stages', '7']}, 'at': '2025-03-04 13:05:11'}]
    """
    return [
        {"stage": lookup(step["stage"], stream), "at": datetime_(step["at"])}
        for step in as_objects(value)
        if not is_blank(step.get("stage")) and not is_blank(step.get("at"))
    ]


@transform
def stage_moves(value, name, order="", zone=None):
    """Return the same of stages that are a value list, the earliest first.

    What the first move led away from is where the deal stood until then.

    >>> stage_moves([{"stage": "Won", "was": "New", "at": "2/1/2025 9:00"}], "stages", "mdy")
    [{'stage': {'$map': ['stages', 'New']}, 'at': '2025-02-01 09:00:00'}, \
{'stage': {'$map': ['stages', 'Won']}, 'at': '2025-02-01 09:00:00'}]
    """
    moves = sorted(
        (
            (_instant(step["at"], order, zone), step["stage"], step.get("was"))
            for step in as_objects(value)
            if not is_blank(step.get("stage")) and not is_blank(step.get("at"))
        ),
        key=lambda move: move[0],
    )
    if moves and not is_blank(moves[0][2]):
        moves.insert(0, (moves[0][0], moves[0][2], None))
    return [
        {"stage": value_map(stage, name), "at": at}
        for n, (at, stage, _was) in enumerate(moves)
        if not n or stage != moves[n - 1][1]
    ]


@transform
def stages_entered(values, stages, name, order="", zone=None):
    """Return the same of several sources, one for each stage: when the deal came into it.

    >>> stages_entered(["2025-02-01 09:00", None], ["New", "Won"], "stages", "", "UTC")
    [{'stage': {'$map': ['stages', 'New']}, 'at': '2025-02-01 09:00:00'}]
    """
    pairs = zip(as_list(values), stages, strict=False)
    steps = [{"stage": stage, "at": at} for at, stage in pairs]
    return stage_moves(steps, name, order, zone)


def _instant(value, order, zone):
    return datetime_as(value, order, zone) if order else datetime_(value, zone)
