"""What stands where in the payloads of an object, learned from some of them."""

import re

FEW = 5
"""Items of a list that are known one by one."""
MANY = 250
"""Values of a payload that are known one by one; what is behind them is looked at whole."""
LONG = 80
"""Characters of a text from which it is looked at by itself."""

_MARKS = re.compile(r"[<\[{]")


class Member:
    """A place in the payloads: a value, an object or a list, or now one, now the other."""

    def __init__(self):
        self.is_value, self.within, self.items = False, {}, []
        self.is_plain = True
        """Of its values none was long, or had marks in it."""

    def learn(self, value):
        """Take in what stands at this place in one payload."""
        if isinstance(value, dict):
            for key, each in value.items():
                self.within.setdefault(key, Member()).learn(each)
        elif isinstance(value, list):
            for position, each in enumerate(value[:FEW]):
                if position == len(self.items):
                    self.items.append(Member())
                self.items[position].learn(each)
        elif value is not None:
            self.is_value = True
            if isinstance(value, str):
                self.is_plain &= len(value) < LONG and not _MARKS.search(value)

    def find(self, place):
        """Return what stands at a place within."""
        member = self
        for key in place:
            known = member.within.get(key)
            member = member.items[int(key)] if known is None else known
        return member

    @property
    def is_known(self):
        """Something was seen there; what was always null may be anything later."""
        return bool(self.is_value or self.within or self.items)


def list_values(member, is_left_alone, path=()):
    """Return the places of single values, and what else a payload must not have.

    :param is_left_alone: tells of a path whether nothing there is to be accounted for
    :return: tuples of keys, and pairs (tuple of keys, known keys or number of items)

    >>> root = Member()
    >>> root.learn({"a": None, "b": 1, "c": [2, None, 3]})
    >>> list_values(root, lambda path: False)
    ([('b',), ('c', '0'), ('c', '2')], [(('c',), 1), ((), ['b', 'c'])])
    """
    values, bounds, known = [], [], []
    for key, each in member.within.items():
        place = (*path, key)
        if len(values) >= MANY:
            break
        if not each.is_known:
            continue
        known.append(key)
        if is_left_alone(".".join(place)):
            continue
        more = list_values(each, is_left_alone, place)
        values += [place] * each.is_value + more[0]
        bounds += more[1]
    for position, each in enumerate(member.items):
        more = list_values(each, is_left_alone, (*path, str(position)))
        values += [(*path, str(position))] * each.is_value + more[0]
        bounds += more[1]
    if member.within or not path:
        bounds.append((path, known))
    if member.items:
        seen = [each.is_known for each in member.items]
        bounds.append((path, [*seen, False].index(False)))
    return values, bounds
