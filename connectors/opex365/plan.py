"""One question to the server, and how to find what in it the server refuses."""

from dataclasses import dataclass, replace

from ..core.errors import FatalError, ForbiddenError
from .api import query

LONGEST_SELECT = 16_000
"""Characters; a whole address may have 32,768. Beyond, everything is asked for."""
REFUSED = frozenset({"query_refused", "column_secured"})


@dataclass(frozen=True)
class Plan:
    """One query. ``expand``: navigation property → columns; ``order``: columns."""

    set_name: str
    key: str
    columns: tuple = ()
    expand: tuple = ()
    where: str = ""
    order: str = ""
    track: bool = False

    def path(self, **more):
        select = ",".join(self.columns)
        if len(select) > LONGEST_SELECT:
            select = ""
        expand = ",".join(f"{name}($select={inner})" for name, inner in self.expand)
        return f"{self.set_name}?" + query(
            select=select, filter=self.where, orderby=self.order, expand=expand, **more
        )


class Narrower:
    """Find by halves what the server refuses.

    left_out: names of the columns and navigation properties that were found
    """

    def __init__(self, api, stream):
        self.api = api
        self.stream = stream
        self.left_out = []

    def narrowed(self, plan):
        """Return the plan without what the server refuses, each thing tried alone."""
        bare = replace(plan, expand=(), track=False)
        if self._answers(replace(bare, columns=(plan.key,))) is False:
            return plan
        columns = self._usable(bare, plan.columns)
        expand = []
        for item in plan.expand:
            if self._answers(replace(bare, columns=(plan.key,), expand=(item,))):
                expand.append(item)
            else:
                self.left_out.append(item[0])
        return replace(plan, columns=tuple(columns), expand=tuple(expand))

    def _usable(self, bare, columns):
        if not columns or self._answers(replace(bare, columns=tuple(columns))):
            return list(columns)
        if len(columns) == 1:
            self.left_out.append(columns[0])
            return []
        half = len(columns) // 2
        return self._usable(bare, columns[:half]) + self._usable(bare, columns[half:])

    def _answers(self, plan):
        try:
            self.api.get(plan.path(top=1), stream=self.stream)
        except FatalError as error:
            if error.code in REFUSED or isinstance(error, ForbiddenError):
                return False
            raise
        return True
