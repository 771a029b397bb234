"""A deal that a person has won or lost in Odoo stays so, whatever the source says."""

from odoo import models

from ...loading.disputes import COMPARES

OUTCOME = {"active", "probability", "stage_id", "lost_reason_id", "date_closed"}
"""Fields that only make sense together: half of an outcome is none."""

STATUS = "won_status"
"""What a conflict about the outcome as a whole is told of; no load writes it."""


class CrmMigrationTargetCrmLeadAgain(models.AbstractModel):
    _name = "crm.migration.target.crm.lead.again"
    _description = "Migration: Target Crm Lead Again"

    def _changed_by_source(self, batch, item, record):
        """When a deal came to where it stands by now is not known: it was elsewhere then."""
        changed, since = (
            super()._changed_by_source(batch, item, record),
            "date_last_stage_update",
        )
        told = item.loaded.vals if item.loaded else {}
        if OUTCOME & changed.keys() and since in told and since not in item.vals:
            changed[since] = False
        return changed

    def _free_to_write(self, batch, item, record, wanted):
        told = len(item.problems)
        wanted = {name: wanted[name] for name in wanted if name != STATUS}
        decided = self._decide_outcome(batch, item, record)
        if decided is not None:
            yield from decided.items()
            wanted = {name: wanted[name] for name in wanted if name not in OUTCOME}
        estimated = {}
        if record.is_automated_probability and "probability" in wanted:
            # Odoo's own estimate is nobody's decision.
            estimated["probability"] = wanted["probability"]
            wanted = {n: wanted[n] for n in wanted if n not in estimated}
        free = dict(super()._free_to_write(batch, item, record, wanted)) | estimated
        guarded = item.is_touched or not item.is_own
        if guarded and OUTCOME & set(free):
            if self._is_decided(item, record, item.problems[told:]):
                free = {name: free[name] for name in free if name not in OUTCOME}
        if decided is None:
            self._ask_again(item, record)
        yield from self._with_said_probability(item, record, free).items()

    def _with_said_probability(self, item, record, free):
        """Return what is to be written, with a probability that stays as it is.

        One that is Odoo's estimate by chance as well, it would estimate anew with any
        change (crm, 19.0).
        """
        said = item.vals.get("probability")
        if not free or said is None or said is False or "probability" in free:
            return free
        if not record.is_automated_probability or record.won_status != "pending":
            return free
        return {**free, "probability": said} if record.probability == said else free

    def _get_kept_probability(self, record, vals):
        """Return a probability that is written as it is, None for another one, or none.

        Odoo may estimate anew; then this one is somebody's word.
        """
        said = vals.get("probability")
        if said is None or said is False or not record.is_automated_probability:
            return None
        return said if record.probability == said else None

    def _is_decided(self, item, record, problems):
        """Tell whether a person decided about the outcome; say so where it is another."""
        then = self._outcome_of(item.loaded.vals if item.loaded else {})
        now, new = record.won_status, self._outcome_of(item.vals)
        is_told = any(problem["field"] in OUTCOME for problem in problems)
        if now == then:
            return is_told and new != then
        if now != new and not is_told:
            self._report_both(item, record, STATUS, new, [then])
        return True

    def _outcome_of(self, vals):
        if vals.get("active") is False and not vals.get("probability"):
            return "lost"
        return "won" if vals.get("probability") == 100 else "pending"

    # -- what a person says to a conflict ----------------------------------------

    def _decide_outcome(self, batch, item, record):
        """Return what is to be written of the outcome, as was decided; None: nothing was.

        Who takes one field of it from the source takes all of them.
        """
        if self.env.context.get(COMPARES) or not item.disputed.keys() & _DISPUTABLE:
            return None
        new = {n: item.vals[n] for n in OUTCOME if n in item.vals}
        if "lost_reason_id" not in new:
            new["lost_reason_id"] = False
        choices = {}
        for name in item.disputed.keys() & _DISPUTABLE:
            mine, theirs = self._get_sides(batch, item, record, name)
            if choice := self._get_decision(item, name, mine, theirs):
                choices[choice] = name
        if "source" in choices:
            vals = {
                name: value
                for name, value in new.items()
                if self._plain(record, name) != self._plain(record, name, value)
            }
        elif "own" in choices:
            name = choices["own"]
            mine, theirs = self._get_sides(batch, item, record, name)
            vals = dict.fromkeys(
                [name],
                *self._settle_dispute(batch, item, record, name, mine, theirs, None),
            )
        else:
            return {} if choices else None
        item.decided |= {name: self._plain(record, name) for name in vals}
        if "source" in choices:
            # One decision about the outcome is one about all of it.
            settled = item.disputed.keys() & _DISPUTABLE - vals.keys()
            item.decided |= dict.fromkeys(settled, None)
        return vals

    def _get_sides(self, batch, item, record, name):
        """Return Odoo's and the source's value of a field of the outcome."""
        if name == STATUS:
            return record.won_status, self._outcome_of(item.vals)
        value = item.vals.get(name, self._without_source(batch, name))
        return self._plain(record, name), self._plain(record, name, value)

    def _ask_again(self, item, record):
        """Keep a conflict about the outcome open as long as it is one."""
        row = item.disputed.get(STATUS)
        if not row or STATUS in item.conflicts:
            return
        now, new = record.won_status, self._outcome_of(item.vals)
        then = self._outcome_of(item.loaded.vals if item.loaded else {})
        if now != new:
            self._report_both(item, record, STATUS, new, [then])


_DISPUTABLE = OUTCOME | {STATUS}
