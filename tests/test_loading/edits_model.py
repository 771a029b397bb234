"""What two sides that are edited at the same time must come to, in plain dictionaries.

Nothing of the addon is used here: a record is what the source says, what it said when it
was loaded, what Odoo has, and what is in dispute.
"""

LINK, LIST = "partner_id", "tag_ids"

SOURCE, ODOO, OWN = "source", "odoo", "own"


class Side:
    """One record on its way; ``keys`` stand for other records, ``None`` for nothing."""

    def __init__(self, key):
        self.key = key
        self.source = None
        """What the source says now; None: it does not have it (any more)."""
        self.staged = None
        self.loaded = None
        self.odoo = None
        """What Odoo has; None: it is not there."""
        self.is_linked = False
        self.is_touched = False
        self.looks_again = False
        """Somebody has decided since the last load."""
        self.disputes = {}
        """Field → [then, theirs, mine, decision, own value]."""
        self.applied = []
        """(field, before, after, dispute) of decisions that were carried out."""
        self.entered = {}
        """Field → what a person entered and nobody has agreed to let go."""

    def edit(self, values):
        """Do what a person does in Odoo."""
        self.odoo.update(values)
        self.is_touched = True
        self.entered.update(values)


class World:
    """All records of a migration and what a reading, a load or a rollback does to them."""

    def __init__(self):
        self.sides = {}

    def resolve(self, name, value):
        """Return what a link to a record that is gone comes to: nothing."""
        if name != LINK or value is None:
            return value
        side = self.sides[value]
        return value if side.is_linked and side.odoo is not None else None

    # -- passes ------------------------------------------------------------------

    def read_source(self):
        for side in self.sides.values():
            if side.source is not None:
                side.staged = {
                    name: frozenset(value) if name == LIST else value
                    for name, value in side.source.items()
                }
        for side in self.sides.values():
            if side.is_linked:
                self.compare(side, writes=False)

    def load(self):
        for side in self.in_order():
            if side.staged is None:
                continue
            if not side.is_linked:
                self.make(side)
            else:
                self.compare(side, writes=True)

    def in_order(self):
        """Return companies before deals."""
        return sorted(self.sides.values(), key=lambda side: side.key)

    def make(self, side):
        side.odoo = {n: self.resolve(n, value) for n, value in side.staged.items()}
        side.loaded = dict(side.staged)
        side.is_linked, side.is_touched, side.looks_again = True, False, False
        side.disputes, side.applied, side.entered = {}, [], {}

    def compare(self, side, writes):
        if side.staged == side.loaded and not side.looks_again:
            return
        if side.odoo is None:
            side.disputes = {}
            return
        for name in side.staged:
            then = self.resolve(name, side.loaded[name])
            theirs = self.resolve(name, side.staged[name])
            if name == LIST:
                if writes:
                    self.merge(side, then, theirs)
            elif then != theirs or name in side.disputes:
                self.settle(side, name, then, theirs, writes)
        if writes:
            side.loaded, side.looks_again = dict(side.staged), False

    def merge(self, side, then, theirs):
        """Each entry of a list counts for itself."""
        now = side.odoo[LIST]
        side.odoo[LIST] = (now - (then - theirs)) | (theirs - then)

    def settle(self, side, name, then, theirs, writes):
        mine, row = side.odoo[name], side.disputes.get(name)
        if mine == theirs:
            side.disputes.pop(name, None)
            side.entered.pop(name, None)
        elif row and row[0] == theirs:
            if writes:
                del side.disputes[name]
            else:
                side.disputes[name] = [theirs, theirs, row[2], ODOO, None]
        elif row and row[3] and row[1:3] == [theirs, mine] and writes:
            del side.disputes[name]
            if row[3] != ODOO:
                value = theirs if row[3] == SOURCE else row[4]
                side.odoo[name] = value
                side.applied.append((name, mine, value, row[:3]))
                side.entered.pop(name, None)
        elif mine == then or (not side.is_touched and not row):
            # Who enters what the source said has changed nothing.
            if writes:
                side.odoo[name] = theirs
                side.entered.pop(name, None)
                side.disputes.pop(name, None)
            elif row:
                del side.disputes[name]
        elif not row:
            side.disputes[name] = [then, theirs, mine, None, None]
        elif row[1:3] != [theirs, mine]:
            side.disputes[name] = [row[0], theirs, mine, None, None]

    def decide(self, side, name, decision, own=None):
        side.disputes[name][3:] = [decision, own]
        side.looks_again = True

    def roll_back(self, side):
        """Take one record back: it goes, unless a person has worked on it."""
        if side.odoo is not None and side.is_touched:
            restored = set()
            for name, before, after, _row in reversed(side.applied):
                if side.odoo[name] == after:
                    side.odoo[name] = before
                    side.entered[name] = before
                    restored.add(name)
            last = {name: row for name, _before, _after, row in side.applied}
            for name in restored:
                side.disputes.setdefault(name, [*last[name], None, None])
            side.applied = []
            return
        side.odoo, side.is_linked, side.loaded = None, False, None
        side.disputes, side.applied, side.entered = {}, [], {}
