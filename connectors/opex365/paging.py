"""Read a table page by page, so that it can be left and taken up anywhere.

The server drives: each page brings the address of the next, which is asked for byte
for byte and with the same preferences. What a query names is what the metadata has;
a column or a navigation property that the server refuses all the same is found by
halves and left out, with a warning.
"""

from dataclasses import dataclass, field, replace

from ..core.errors import FatalError, ForbiddenError, RetryableError
from ..core.paging import LoopGuard
from .api import ANNOTATIONS
from .delta import changed_since
from .plan import REFUSED, Narrower, Plan
from .sentences import SENTENCES
from .streams import MODIFIED, is_wanted

SMALLEST_PAGE = 5
MAX_RESTARTS = 3
KEPT = ("restarts", "track", "whole")
"""What a position hands on to the next. ``whole`` marks a table that is read to its end
although only changes were asked for: another reader must know when it goes on."""
TRACK = "odata.track-changes"


@dataclass
class RawPage:
    """Rows as the server gave them, where we go on, and what was left out.

    :param delta_link: only on the last page of a query with change tracking
    """

    rows: list
    following: dict | None
    warnings: list = field(default_factory=list)
    delta_link: str = ""


class TableReader:
    """One table.

    :param kind: ``streams.Kind``
    :param expand_of: kind → navigation properties with their columns
    :param since: leave out what has not changed since this instant
    :param moves: columns of expanded rows whose change is one of the row itself
    :param track: ask for a delta link, where the table has one
    """

    def __init__(
        self,
        api,
        metadata,
        kind,
        *,
        most_rows,
        expand_of=lambda kind: kind.expand,
        since=None,
        moves="",
        track=False,
    ):
        self.api = api
        self.metadata = metadata
        self.kind = kind
        self.expand_of = expand_of
        self.most_rows = min(kind.size, most_rows)
        self.since = since
        self.moves = moves
        self.track = track
        self._warnings = []
        self._guard = LoopGuard(api.host, kind.name)

    @property
    def stream(self):
        return self.kind.name

    # -- pages -------------------------------------------------------------------

    def pages(self, checkpoint=None):
        """Yield ``RawPage``s from ``checkpoint`` on, or from the start.

        :raises FatalError: the server repeats itself, or cannot be asked
        """
        position = dict(checkpoint or {})
        plan = None
        while True:
            if "next" not in position:
                plan = plan or self.make_plan()
            try:
                body = self._ask(plan, position)
            except FatalError as error:
                plan = self._recover(error, plan, position)
                continue
            rows = self.api.value_of(body, self.stream)
            following = self._following(body, rows, position)
            self._guard.check(position.get("next"), [self._id_of(row) for row in rows])
            yield self._page(body, rows, following, position)
            if not following:
                return
            position = dict(following)

    def _page(self, body, rows, following, position):
        warnings, self._warnings = self._warnings, []
        link = body.get("@odata.deltaLink") or ""
        return RawPage(rows, following, warnings, link)

    def _ask(self, plan, position):
        """Return a page; what the server finds too heavy is asked for in smaller ones."""
        while True:
            size = position.get("size", self.most_rows)
            prefer = [f"odata.maxpagesize={size}", ANNOTATIONS]
            tracked = position.get("track", bool(plan and plan.track))
            if tracked:
                position["track"] = True
                prefer.append(TRACK)
            address = position.get("next") or plan.path()
            try:
                return self.api.get(address, stream=self.stream, prefer=prefer)
            except (RetryableError, FatalError) as error:
                heavy = error.code in ("query_too_heavy", "server_error")
                too_big = error.code == "unexpected_answer" and "MiB" in error.sentence
                if not (heavy or too_big) or size <= SMALLEST_PAGE:
                    raise
                position["size"] = max(SMALLEST_PAGE, size // 4)
                # What was a server's bad moment need not slow down the rest.
                position["usual"] = position.get("usual", size)
                if error.code != "server_error":
                    position["usual"] = position["size"]

    def _following(self, body, rows, position):
        link = body.get("@odata.nextLink")
        if not link:
            return None
        first = self._id_of(rows[0]) if rows else None
        # Asked for one at a time, only the positions themselves can tell.
        seen = first and not self.since and first == position.get("first")
        if link == position.get("next") or seen:
            raise FatalError("paging_loop", host=self.api.host, stream=self.stream)
        kept = {n: position[n] for n in KEPT if n in position}
        size = position.get("usual", position.get("size", self.most_rows))
        if size != self.most_rows:
            kept["size"] = size
        following = {**kept, "next": link, "page": position.get("page", 1) + 1}
        if first:
            following["first"] = first
        return following

    def _id_of(self, row):
        key = row.get(self.kind.stream.primary_key) if isinstance(row, dict) else None
        return str(key or "")

    # -- what to ask for ---------------------------------------------------------

    def make_plan(self):
        """Return the query for the table, from what the metadata says it has."""
        table = self.metadata.tables[self.kind.table]
        columns = self.metadata.columns(table.name)
        names = {column.name for column in columns}
        order, where = "", self.kind.where
        expand = tuple(self.expand_of(self.kind))
        if path := self._changed_path(names):
            within = [name for name, inner in expand if inner == self.moves]
            changed = changed_since(path, self.since, within)
            where = f"{where} and {changed}" if where else changed
            if path in names:
                order = f"{path} asc,{table.id} asc"
        plain = not (where or order or expand)
        return Plan(
            table.set_name,
            table.id,
            tuple(
                column.wire_name
                for column in columns
                if is_wanted(table.name, column.name)
                or column.name in self.kind.besides
            ),
            expand,
            where,
            order,
            self.track and table.is_tracked and plain,
        )

    def _changed_path(self, names):
        """Return the path of the last change; None where all is read each time."""
        if not self.since or self.kind.since not in names:
            return None
        if self.kind.since == MODIFIED:
            return MODIFIED
        navigation = self.metadata.navigation(
            self.kind.table, self.kind.since, "activitypointer"
        )
        return navigation and f"{navigation}/{MODIFIED}"

    # -- what the server refuses ---------------------------------------------------

    def _recover(self, error, plan, position):
        """Return the plan to go on with after a refusal; raise what nothing helps."""
        if error.code == "paging_expired" and "next" in position:
            self._restart(position)
            return plan
        if error.code == "tracking_off" and plan and plan.track:
            position.pop("track", None)
            self._warn("tracking_off")
            return replace(plan, track=False)
        narrow = error.code in REFUSED
        narrow |= isinstance(error, ForbiddenError) and (not plan or bool(plan.expand))
        if not narrow:
            raise error
        if "next" in position:
            # The schema has changed while we were reading.
            self.metadata.forget(self.kind.table)
            self._restart(position)
            return None
        narrower = Narrower(self.api, self.stream)
        smaller = narrower.narrowed(plan)
        for name in narrower.left_out:
            self._warn("column_left_out", column=name)
        if smaller == plan and self.moves and "/any(" in plan.where:
            self.moves = ""
            self._warn("moves_unseen")
            return self.make_plan()
        if smaller == plan:
            raise error
        return smaller

    def _restart(self, position):
        restarts = position.get("restarts", 0) + 1
        if restarts > MAX_RESTARTS:
            raise FatalError("paging_expired", host=self.api.host, stream=self.stream)
        size = position.get("usual", position.get("size"))
        kept = {n: position[n] for n in ("whole",) if n in position}
        position.clear()
        position.update(kept, restarts=restarts, **({"size": size} if size else {}))
        self._guard = LoopGuard(self.api.host, self.stream)
        self._warn("read_again")

    def _warn(self, code, **data):
        data = {"stream": self.kind.stream.label, **data}
        self._warnings.append(SENTENCES.finding("warning", code, **data))
