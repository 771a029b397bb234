"""Where we stand in a list: what was read of it, row by row, as JSON that stays short."""

from dataclasses import dataclass, field


class Rising:
    """What was read of a list in the order of its numeric ids: all up to the last."""

    def __init__(self, position):
        self.last = position.get("last")

    def has(self, key):
        return self.last is not None and key.isdecimal() and int(key) <= self.last

    def after(self, keys):
        numbers = [int(key) for key in keys]
        highest = max([*numbers, *([] if self.last is None else [self.last])])
        return {"last": highest}


class Seen:
    """What was read last of a list in any other order: the ids one by one.

    Only so many of them are kept: of a segment with all contacts the ids would fill
    the position. What comes again after more rows than that has the same id again.
    """

    most = 5000

    def __init__(self, position):
        self.keys = list(position.get("seen", ()))
        self._set = set(self.keys)

    def has(self, key):
        return key in self._set

    def after(self, keys):
        new = (key for key in keys if not self.has(key))
        return {"seen": [*self.keys, *new][-self.most :]}


@dataclass
class Chunk:
    """The new rows of a page, each with its key and its place in the list.

    :param position: where we stood before, :param following: where we stand after
        (None: this was the last page)
    """

    rows: list
    position: dict
    following: dict | None
    errors: list = field(default_factory=list)
    known: object = None
    keys: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    def after(self, number):
        """Return the position after the row of this number."""
        _row, _key, place = self.rows[number]
        done = [key for key, where in self.keys if where <= place]
        return {**kept(self.position), "offset": place + 1, **self.known.after(done)}


def kept(position):
    """Return what of a position holds wherever we are."""
    return {name: position[name] for name in ("size", "paged") if name in position}
