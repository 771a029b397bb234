"""Looks into what a deal shows of its own: outcome, currency, rate, history."""

from ..staging.references import CURRENCIES
from .alike import (
    fold,
    has_instant,
    read_flag,
    read_numbers,
)
from .outcome import outcome_of, read_outcome
from .probe import (
    FIELD,
    LEFT_OUT,
    NOTES,
    Probe,
)
from .probe_notes import NoteProbe

CENT = 0.006
SAYS = {"won": ("won",), "lost": ("lost",), "closed": ("won", "lost")}
"""What a flag says of a deal → the outcomes of which it is a yes."""


class OutcomeProbe(Probe):
    """Whether a deal is open, won or lost: by decision, by table, by the word itself."""

    is_exact = True
    fields = ("active", "probability", "stage_id")

    def look(self, value, path, case, part):
        now = outcome_of(part.record)
        role, flag = self.declared.roles.get(path), read_flag(value)
        if role in SAYS and flag is not None:
            return FIELD if (now in SAYS[role]) is flag else None
        for key in self.declared.keys(value):
            for name in self.declared.lists:
                decided = case.look.decisions.get((name, key))
                if decided:
                    return FIELD if decided == now else None
            if key in ("open", "won", "lost"):
                return FIELD if key == now else None
        return FIELD if read_outcome(value) == now else None


class CurrencyProbe(Probe):
    """The currency of the amount: the company's own, or named in the notes."""

    def __init__(self, line, mapping):
        super().__init__(line, mapping)
        if CURRENCIES not in self.declared.lists:
            self.declared.lists.append(CURRENCIES)

    def look(self, value, path, case, part):
        own = case.look.currency
        names = {fold(own.name), fold(own.symbol or ""), fold(own.full_name or "")}
        for key in self.declared.keys(value):
            if fold(key) in names:
                return FIELD
            for name in self.declared.lists:
                decided = case.look.decisions.get((name, key))
                if isinstance(decided, tuple):
                    if decided == (own._name, own.id):
                        return FIELD
                    name = case.look.display_of(*decided)
                    there = self._noted(name, path, case, part)
                    return there or self.look_for_none(case, part)
        there = self._noted(value, path, case, part)
        return there or self.look_for_none(case, part)

    def look_for_none(self, case, part):
        """Say that there is no amount which the currency could be of."""
        given = [
            number
            for _name, _path, value in part.amounts()
            for number in read_numbers(value) or [value]
        ]
        return None if any(given) else (LEFT_OUT, case.look.words("no_amount"))

    def _noted(self, value, path, case, part):
        """Tell whether the notes name it, beside an amount or by itself."""
        labels_of = case.look.plan.labels.of
        labels = labels_of(path) | part.amount_labels()
        for _name, column, _value in part.amounts():
            # What was no amount, or too large for one, stands under its column.
            labels |= labels_of(column)
        return NOTES if case.has_noted(value, labels) else None


class RateProbe(Probe):
    """A rate shows in the amount that it gave, or stands in the notes."""

    def look(self, value, path, case, part):
        if "expected_revenue" in part.record._fields:
            found = part.record.expected_revenue
            for amount in case.amounts(part):
                for rate in read_numbers(value):
                    wanted = [amount * rate] + ([amount / rate] if rate else [])
                    if any(abs(each - found) <= 0.01 for each in wanted):
                        return FIELD
        return NoteProbe.look(self, value, path, case, part)


class ClosedProbe(Probe):
    is_exact = True
    fields = ("date_closed",)

    def look(self, value, path, case, part):
        found = part.record.date_closed
        if not found:
            return None
        return FIELD if has_instant(value, found, self.declared.zone) else None


class ActualProbe(Probe):
    """What a deal came to: the amount of one that is over, noted with any other."""

    fields = ("expected_revenue",)
    name = "expected_revenue"

    def look(self, value, path, case, part):
        found, given = part.record.expected_revenue, read_numbers(value)
        if any(abs(each - found) < CENT for each in given):
            return FIELD
        if there := case.converted_amount(self, value, found, part):
            return there
        if not any(given) and outcome_of(part.record) != "won":
            return LEFT_OUT, case.look.words("not_closed")
        return next(
            (
                there
                for each in (value, *given)
                if (there := NoteProbe.look(self, each, path, case, part))
            ),
            None,
        )


class HistoryProbe(Probe):
    """A step of a deal's history: its moment and its stage among what was tracked."""

    def look(self, value, path, case, part):
        moves = case.look.moves_of(part.record.id)
        began, zone = part.record.create_date, self.declared.zone
        if began and has_instant(value, began, zone, seconds=60):
            return FIELD  # made in its first stage
        moments = {move[0] for move in moves}
        moments |= {part.record.date_last_stage_update}
        if any(m and has_instant(value, m, zone) for m in moments):
            return FIELD
        names = {fold(name) for move in moves for name in move[2::2] if name}
        if fold(value) in names:
            return FIELD
        stages = {stage for move in moves for stage in move[1::2] if stage}
        stages |= set(part.record.stage_id.ids)
        if self._found(part.record, sorted(stages), "crm.stage", value, path, case):
            return FIELD
        return NoteProbe.look(self, value, path, case, part)
