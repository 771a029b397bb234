"""Rows that end before the header does: writers that leave out empty cells, or broken rows.

ExcelJS ends a line with the last cell that has a value (4.4.0, ``findings/``), Outlook does
so with contacts, Excel ends each sixteen rows where the longest of them ends. A line end within a cell that
nobody quoted breaks a row into several, each of them short as well. The two are told apart
by their cells: the pieces of a broken row make up a whole one.
"""


class ShortRows:
    """What rows of a text of ``width`` columns show, one after the other.

    :ivar state: JSON object, to go on from in another process
    """

    # ``run``: short rows since the last whole one; ``pieces``: their cells but for one of
    # each, since they last made up a whole row; ``last``: cells of the last row, if short.
    NEW = {"count": 0, "sound": 0, "broken": 0, "run": 0, "pieces": 0, "apart": False}
    NEW["last"] = 0

    def __init__(self, width, state=None):
        self.width = width
        self.state = state or dict(self.NEW)

    def add(self, cells):
        """Take note of a row of so many cells; one that is not short ends a run of them."""
        state = self.state
        if cells >= self.width:
            self._end_run()
            state["last"] = 0
            return
        state["last"] = cells
        state["count"] += cells > 1
        state["pieces"] += cells - 1
        # A single cell may be the end of a text that begins in a row of full length.
        state["run" if cells > 1 else "broken"] += 1
        if state["pieces"] == self.width - 1:
            state["pieces"] = 0
        elif state["pieces"] > self.width - 1:
            state["apart"] = True

    def _end_run(self):
        state = self.state
        if state["run"]:
            is_broken = not state["apart"] and not state["pieces"]
            state["broken" if is_broken else "sound"] += state["run"]
            state.update(run=0, pieces=0, apart=False)

    def finish(self):
        """End the last run; the last row of all says nothing: the file may be cut there."""
        self.state["run"] -= self.state["last"] > 1
        self._end_run()

    @property
    def count(self):
        """Return how many rows of several cells are short."""
        return self.state["count"]

    @property
    def lack_nothing(self):
        """Tell whether what short rows lack is nothing but empty cells."""
        return self.state["sound"] > self.state["broken"]
