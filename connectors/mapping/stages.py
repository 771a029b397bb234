"""Conversions of what is told about a deal's way through its stages."""

from operator import itemgetter

from .dates import datetime_, datetime_as
from .references import lookup, value_map
from .values import BadValue, as_list, as_objects, is_blank, transform


@transform
def stage_steps(value, stream):
    """
    >>> stage_steps([{"stage": 7, "at": "2025-03-04T13:05:11"}], "stages")
    [{'stage': {'$ref': ['stages', '7']}, 'at': '2025-03-04 13:05:11'}]
    """
    moves, bad = _moments(value, datetime_)
    steps = [{"stage": lookup(stage, stream), "at": at} for at, stage, _was in moves]
    return [*steps, *({"stage": lookup(each, stream), "at": None} for each in bad)]


@transform
def stage_moves(value, name, order="", zone=None):
    """Return the same of stages that are a value list, the earliest first.

    What the first move led away from is where the deal stood until then.

    >>> stage_moves([{"stage": "Won", "was": "New", "at": "2/1/2025 9:00"}], "stages", "mdy")
    [{'stage': {'$map': ['stages', 'New']}, 'at': '2025-02-01 09:00:00'}, \
{'stage': {'$map': ['stages', 'Won']}, 'at': '2025-02-01 09:00:00'}]
    """
    moves, bad = _moments(value, lambda at: _instant(at, order, zone))
    moves = _in_order(moves)
    if moves and not is_blank(moves[0][2]):
        moves.insert(0, (moves[0][0], moves[0][2], None))
    steps = [
        {"stage": value_map(stage, name), "at": at}
        for n, (at, stage, _was) in enumerate(moves)
        if not n or stage != moves[n - 1][1]
    ]
    return [*steps, *({"stage": value_map(each, name), "at": None} for each in bad)]


def _moments(value, read):
    """Return (when, whither, whence) of each step, and the stages of those that have no
    moment: these are told by their names, and cost no other one.

    :raises BadValue: no moment can be read
    """
    moves, bad, wrong = [], [], None
    for step in as_objects(value):
        if is_blank(step.get("stage")) or is_blank(step.get("at")):
            continue
        try:
            moves.append((read(step["at"]), step["stage"], step.get("was")))
        except BadValue as error:
            bad.append(step["stage"])
            wrong = error
    if wrong and not moves:
        raise wrong
    return moves, bad


def _in_order(moves):
    """Return (when, whither, whence) in order of time.

    Of the same moment one goes on from where the one before led; where that is not said,
    they stand as the list does, which may be the latest first.

    >>> _in_order([("2", "Won", "Offer"), ("2", "Offer", "New")])
    [('2', 'Offer', 'New'), ('2', 'Won', 'Offer')]
    >>> _in_order([("2", "Won", None), ("2", "Offer", None), ("1", "New", None)])
    [('1', 'New', None), ('2', 'Offer', None), ('2', 'Won', None)]
    """
    pairs = [*zip(moves, moves[1:], strict=False)]
    if sum(a[0] > b[0] for a, b in pairs) > sum(a[0] < b[0] for a, b in pairs):
        moves = moves[::-1]
    found, by_moment = [], {}
    for move in sorted(moves, key=itemgetter(0)):
        by_moment.setdefault(move[0], []).append(move)
    for left in by_moment.values():
        while left:
            told = [move for move in left if not is_blank(move[2])]
            on = [move for move in told if found and move[2] == found[-1][1]]
            led = {move[1] for move in left}
            # Else one begins where none of the others leads to.
            first = on or [move for move in told if move[2] not in led] or left
            found.append(first[0])
            left.remove(found[-1])
    return found


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
