"""The score of deals: Odoo's own, asked once for those that it cannot tell apart.

``_pls_get_naive_bayes_probabilities`` (Odoo 19.0) reads each deal field by field. Of a deal
it knows the team, the stage and the fields of the settings, nothing else; but it goes from
deal to deal, and what it found at one team it still has at the next. So each deal is left out
that is the third or a later one alike within a stretch of one team: it gets what the second
got, and those that are asked stand in their order.
"""

from odoo.tools import float_compare
from odoo.tools.constants import PREFETCH_MAX

from .lane_rule import UNKNOWN, rule

METHODS = (
    "_compute_probabilities",
    "_compute_is_automated_probability",
    *("_pls_get_naive_bayes_probabilities", "_pls_get_lead_pls_values"),
    *("_pls_get_safe_fields", "_pls_get_won_lost_total_count"),
)
DIGEST = "2b8d18fbf910d373141729961f4b7a1bde0ae4a4"

CONTAINERS = ("json", "properties")
"""Types whose values nothing is told apart by; no setting of Odoo names a field of them."""


@rule("crm.lead", "automated_probability", DIGEST, *METHODS)
def work_out_automated_probability(creation, ids):
    return _work_out(creation, ids, "automated_probability")


@rule("crm.lead", "probability", DIGEST, *METHODS)
def work_out_probability(creation, ids):
    return _work_out(creation, ids, "probability")


def _work_out(creation, ids, name):
    """Fill both columns, as the one method of Odoo does; return the one of them."""
    names = ("automated_probability", "probability")
    pending = list(
        dict.fromkeys(
            res_id for each in names for res_id in creation.list_pending(each)
        )
    )
    for start in range(0, len(pending), PREFETCH_MAX):
        # Odoo asks for so many at a time, and begins anew each time.
        chunk = pending[start : start + PREFETCH_MAX]
        shapes = _list_shapes(creation, chunk)
        if shapes is None:
            return [UNKNOWN] * len(ids)
        _fill(creation, chunk, _score(creation, chunk, shapes))
    return creation.get_cached(name, ids)


def _list_shapes(creation, ids):
    """Return (team, what else counts) of each deal, None where it is no column."""
    names = ["stage_id", *creation.model._pls_get_safe_fields()]
    columns = []
    for name in ("team_id", *names):
        field = creation.model._fields[name]
        if field.type in CONTAINERS:
            return None
        if name in creation.plan.columns:
            creation.compute_column(name)
        elif field.type != "many2many" or not field.store or field.compute:
            return None
        cache = field._get_cache(creation.env)
        columns.append([cache[res_id] for res_id in ids])
    teams, *others = columns
    return list(zip(teams, zip(*others, strict=True), strict=True))


def _score(creation, ids, shapes):
    """Return id → score, without those that Odoo has none for."""
    asked, standing, alike, last = [], [], {}, object()
    for res_id, (team, shape) in zip(ids, shapes, strict=True):
        if team != last:
            alike, last = {}, team
        asked_before = alike.setdefault(shape, [])
        if len(asked_before) < 2:
            asked_before.append(res_id)
            asked.append(res_id)
        standing.append(asked_before[-1])
    leads = creation.model.browse(asked)
    found, _told = leads._pls_get_naive_bayes_probabilities()
    return {
        res_id: float(found[other])
        for res_id, other in zip(ids, standing, strict=True)
        if other in found
    }


def _fill(creation, ids, scores):
    """Write down the scores; whoever had no chance of their own takes over the score."""
    before = zip(
        *(
            creation.get_cached(name, ids)
            for name in ("active", "probability", "automated_probability")
        ),
        strict=True,
    )
    followers = []
    for res_id, (active, chance, score) in zip(ids, before, strict=True):
        same = float_compare(chance or 0.0, score or 0.0, 2) == 0
        if res_id in scores and active and same:
            followers.append(res_id)
    creation.put_column("automated_probability", ids, scores)
    creation.put_column(
        "probability", ids, {res_id: scores[res_id] for res_id in followers}
    )
