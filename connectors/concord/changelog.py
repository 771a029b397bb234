"""What the changelog of a record tells besides its fields.

It is the only place that says who made a contact, company or deal, and when a deal went
from one stage to another or was marked as won, lost or open again (1.5.1 and 1.6.0:
``LogDealMovedToStageActivity``, ``DealObserver``). People and stages stand in it by the
name that they had then.
"""

from collections import Counter
from functools import cached_property

from .listing import ListReader

_MOVED = "deal.timeline.stage.moved"
_MARKED = "deal.timeline.marked_as_"


class ChangelogReader:
    """Add to rows what their changelog tells, as members that begin with ``_``.

    ``_created_by``: id of the user, or the name of somebody who is none any more;
    ``_stages``: ``[{"stage", "at"}]``, oldest first; ``_marks``: ``[{"status", "at",
    "by", "reason"}]``; ``_closed_at``: of the last mark, where the deal says no day.
    """

    def __init__(self, api):
        self.api = api

    def add(self, stream, row):
        """Return the row with what its changelog tells."""
        entries = _in_order(row.get("changelog"))
        if not entries:
            return row
        more = {"_created_by": self._creator(entries)}
        if stream == "deals":
            marked = [entry for entry in entries if _mark(entry)]
            more["_stages"] = self._stages(row, entries)
            # One mark alone says what the deal says itself.
            more["_marks"] = list(map(_mark, marked)) if len(marked) > 1 else None
            if marked and _mark(marked[-1])["status"] == row.get("status") != "open":
                more["_closed_at"] = marked[-1].get("created_at")
        return {**row, **{name: value for name, value in more.items() if value}}

    def _creator(self, entries):
        made = [
            entry
            for entry in entries
            if "created" in (entry.get("description"), entry.get("timeline_component"))
        ]
        name = str(made[0].get("causer_name") or "").strip() if made else ""
        return self._users.get(name, name)

    @cached_property
    def _users(self):
        """Name → id of the users whose name nobody shares."""
        rows = list(_all(self.api, "users", "users"))
        names = Counter(_name(row) for row in rows)
        return {_name(row): row["id"] for row in rows if names[_name(row)] == 1}

    def _stages(self, row, entries):
        """Return where the deal has been: from its creation to the stage it is in now."""
        moves = [entry for entry in entries if _key(entry).endswith(_MOVED)]
        if not moves:
            return None
        names = [_attributes(moves[0]).get("previous")]
        names += [_attributes(move).get("stage") for move in moves]
        stages = [self._stage(name, row.get("pipeline_id")) for name in names]
        times = [row.get("created_at"), *(move.get("created_at") for move in moves)]
        now, changed = row.get("stage_id"), row.get("stage_changed_date")
        if now and stages[-1] != now:
            if str(changed or "")[:19] > str(times[-1] or "")[:19]:
                # A change that was not written down, as an import makes them.
                stages.append(now)
                times.append(changed)
            elif not isinstance(stages[-1], int):
                # The stage bears another name today.
                stages[-1] = now
        return [
            {"stage": stage, "at": at}
            for stage, at in zip(stages, times, strict=True)
            if stage and at
        ]

    def _stage(self, name, pipeline):
        """Return the id of a stage; its name where no stage bears it today."""
        name = str(name or "").strip()
        within = self._stage_names.get((pipeline, name), [])
        anywhere = self._stage_names.get((None, name), [])
        for found in (within, anywhere):
            if len(found) == 1:
                return found[0]
        return name

    @cached_property
    def _stage_names(self):
        """(pipeline or None for all of them, name) → ids."""
        names = {}
        for pipeline in _all(self.api, "pipelines", "pipelines"):
            for stage in pipeline.get("stages") or ():
                for key in (pipeline["id"], None):
                    names.setdefault((key, _name(stage)), []).append(stage["id"])
        return names


def _all(api, path, stream):
    for chunk in ListReader(api, path, stream).chunks():
        yield from chunk.rows


def _in_order(entries):
    """Return the entries, oldest first: the server promises no order."""
    usable = [entry for entry in entries or () if isinstance(entry, dict)]
    return sorted(usable, key=lambda e: (str(e.get("created_at") or ""), e.get("id") or 0))  # fmt: skip


def _name(row):
    return str(row.get("name") or "").strip()


def _language(entry):
    # PHP writes an empty map as an empty list.
    properties = entry.get("properties")
    found = properties.get("lang") if isinstance(properties, dict) else None
    return found if isinstance(found, dict) else {}


def _key(entry):
    return str(_language(entry).get("key") or "")


def _attributes(entry):
    found = _language(entry).get("attrs")
    return found if isinstance(found, dict) else {}


def _mark(entry):
    _before, marked, status = _key(entry).rpartition(_MARKED)
    if not marked:
        return None
    return {
        "status": status,
        # For people to read: the note says more than it dates.
        "at": f"{str(entry.get('created_at') or '')[:16].replace('T', ' ')} UTC",
        "by": entry.get("causer_name"),
        "reason": _attributes(entry).get("reason"),
    }
