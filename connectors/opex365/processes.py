"""Where an opportunity stands: its process and stage, its closing, its products."""

import re

_STEP = re.compile(r"^\s*\d+\s*[-–.:]\s*")
UNPLACED = 10_000
ABORTED = 3


def in_order(stages, processes):
    """Return the stages with ``_sequence``, the order within their process.

    There is no such column. The definition of the process names its stages in order;
    where it does not, their category tells.

    ``_sales`` marks those of a process that opportunities go through, also where it
    begins with a lead.

    :param processes: id → text of the definition
    """
    selling = selling_processes(stages)
    placed = []
    for stage in stages:
        text = (processes.get(stage.get("_processid_value")) or "").lower()
        place = text.find(str(stage["processstageid"]).lower())
        category = stage.get("stagecategory")
        category = category if isinstance(category, int) else UNPLACED
        key = (
            place if place >= 0 else UNPLACED**2,
            category,
            str(stage.get("stagename")),
        )
        placed.append((str(stage.get("_processid_value")), key, stage))
    placed.sort(key=lambda item: item[:2])
    counts, ordered = {}, []
    for process, _key, stage in placed:
        counts[process] = counts.get(process, 0) + 1
        marks = {"_sales": True} if stage.get("_processid_value") in selling else {}
        ordered.append({**stage, "_sequence": counts[process], **marks})
    return ordered


def selling_processes(stages):
    """Return the ids of the processes with a stage that opportunities can be in."""
    return {
        stage.get("_processid_value")
        for stage in stages
        if stage.get("primaryentitytypecode") == "opportunity"
    }


class StageFinder:
    """Say in which stage a deal is, from what it has.

    :param stages: all rows of ``processstages``
    """

    def __init__(self, stages):
        self._stages = [
            s for s in stages if s.get("primaryentitytypecode") == "opportunity"
        ]
        self._names = {s["processstageid"]: s.get("stagename") for s in stages}

    def stage_of(self, deal, instances):
        """Return ``_stage`` of a deal: its id, its process, and what told it.

        The active instance of a process says it; else the text that the process left,
        else the sales stage. Closed instances count where no other is there, aborted
        ones last.
        """
        live = [row for row in instances if row.get("_activestageid_value")]
        if live and self._stages:
            row = min(live, key=_by_rank)
            stage = self._stage(
                row["_activestageid_value"], row.get("_processid_value"), "process"
            )
            if since := row.get("activestagestartedon"):
                stage["steps"] = [{"stage": stage["id"], "at": since}]
            return stage
        step = _STEP.sub("", deal.get("stepname") or "").strip().casefold()
        category = deal.get("salesstage")
        for told, test in (
            ("stepname", lambda s: step and str(s.get("stagename")).casefold() == step),
            (
                "salesstage",
                lambda s: category is not None and s.get("stagecategory") == category,
            ),
        ):
            if found := next(filter(test, self._stages), None):
                return self._stage(
                    found["processstageid"], found.get("_processid_value"), told
                )
        return None

    def _stage(self, stage, process, told):
        found = {"id": stage, "pipeline": process, "told_by": told}
        name = self._names.get(stage)
        return {**found, "name": name} if name else found


def _by_rank(row):
    """Sort what is under way first, then the latest instant."""
    text = str(row.get("activestagestartedon") or "")
    aborted = row.get("statuscode") == ABORTED
    return row.get("statecode") or 0, aborted, [-ord(sign) for sign in text]


def last_closing(rows):
    """Return the newest closing of a deal: one that was opened again has several."""
    return max(
        rows,
        key=lambda row: str(row.get("actualend") or row.get("createdon") or ""),
        default=None,
    )
