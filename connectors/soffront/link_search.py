"""Find the one record that each of many is linked to, by counts.

No operation tells the links of many records, and one call for each contact was most of
what a migration asked for. ``MultipleRecordCount`` answers for hundreds at once, and takes
a condition (seen in the published portal's client). With ``FormID > n`` in it, it tells on
which side of a number a linked record lies: a dozen calls find those of a whole page. That
the condition may compare row ids, as that of ``find`` does, is our inference: what is found
is counted once more by its own id, and the first time held against what the server lists.
"""

from .conditions import above, all_of, exactly

ITEMS = 400
"""Counts that are asked for in one call."""
FEWEST = 12
"""Records for which it is worth while: a few are asked for one by one."""
MOST_CUTS = 15


class LinkSearch:
    """Links from records of one object to one record of another each.

    :param parent: name of the object whose records are asked about
    :param name: that of the linked object
    """

    def __init__(self, api, parent, name):
        self.api = api
        self.parent, self.name = parent, name
        self._key = api.endpoints["paging"]["key"]
        self._active = api.endpoints["filters"]["active"] or ""
        self._highest = None

    def find(self, keys):
        """Return {record: id of the linked one}, without those that it did not find.

        :param keys: records that have exactly one, by the server's own count
        """
        if len(keys) < FEWEST or not self._is_worth_it(len(keys)):
            return {}
        spans = {key: (0, self._highest) for key in keys}
        while wide := [k for k, (low, high) in spans.items() if high - low > 1]:
            cuts = {key: self._cuts(*spans[key], len(wide)) for key in wide}
            asked = [(key, cut) for key in wide for cut in cuts[key]]
            told = self._count(asked, above)
            for key in wide:
                spans[key] = _narrowed(
                    spans[key], [(c, told[key, c]) for c in cuts[key]]
                )
            spans = {key: span for key, span in spans.items() if span}
        found = [(key, high) for key, (_low, high) in spans.items()]
        told = self._count(found, exactly)
        return {key: number for key, number in found if told[key, number] == 1}

    def _is_worth_it(self, number):
        if self._highest is None:
            rows = self.api.newest(self.name, condition=self._active)
            self._highest = rows[0] if rows else 0
        calls, width = 3, self._highest
        while width > 1:
            width /= min(MOST_CUTS, max(1, ITEMS // number)) + 1
            calls += 1
        return self._highest and calls < number

    def _cuts(self, low, high, number):
        """Return the numbers at which a span is cut, as many as a call has room for."""
        parts = min(MOST_CUTS, max(1, ITEMS // number)) + 1
        cuts = {low + (high - low) * place // parts for place in range(1, parts)}
        return sorted(cuts - {low, high})

    def _count(self, asked, condition):
        """Return {(record, number): count of what the condition on the number holds for}."""
        told = {}
        for start in range(0, len(asked), ITEMS):
            part = asked[start : start + ITEMS]
            items = [
                (
                    self.parent,
                    key,
                    self.name,
                    all_of(self._active, condition(self._key, n)),
                )
                for key, n in part
            ]
            counts = self.api.counts(items)
            told |= dict(zip(part, counts, strict=len(counts) == len(part)))
        return {pair: told.get(pair) for pair in asked}


def _narrowed(span, told):
    """Return the part of a span in which the linked record lies, None where none can.

    >>> _narrowed((0, 100), [(25, 1), (50, 1), (75, 0)]), _narrowed((0, 9), [(3, 0), (6, 1)])
    ((50, 75), None)
    """
    low, high = span
    for cut, count in told:
        if count == 1 and cut < high:
            low = cut
        elif count == 0:
            high = min(high, cut)
        else:
            return None
    return (low, high)
