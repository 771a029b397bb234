"""Who is on a marketing list that has a rule instead of members: the rule is asked."""

import re
from urllib.parse import quote

from ..core.errors import FatalError
from ..core.source import Record
from .labels import lower_id

MAX_MEMBERS = 5000
"""Members of a page of such an answer."""
MAX_PAGES = 100
_PAGING = re.compile(r"\s(count|page|paging-cookie)\s*=\s*(\"[^\"]*\"|'[^']*')")
_FETCH = re.compile(r"<fetch\b[^>]*>")
_ENTITY = re.compile(r"<entity\s[^>]*?name\s*=\s*[\"'](\w+)[\"']")


def page_of(rule, number):
    """Return a rule (FetchXML) that asks for one page of what it means.

    >>> page_of('<fetch page="9"><entity name="lead"/></fetch>', 2)
    '<fetch count="5000" page="2"><entity name="lead"/></fetch>'
    """

    def paged(found):
        head = _PAGING.sub("", found[0])
        return head.replace(
            "<fetch", f'<fetch count="{MAX_MEMBERS}" page="{number}"', 1
        )

    return _FETCH.sub(paged, rule, count=1)


class DynamicLists:
    """Runs the rules of lists.

    :param catalog: tells which stream a table is read as
    """

    def __init__(self, api, metadata, catalog):
        self.api = api
        self.metadata = metadata
        self.catalog = catalog

    def members(self, data):
        """Return the records of the members of a list; of one without a rule none.

        :raises FatalError: the rule cannot be run
        """
        rule = str(data.get("query") or "")
        found = _ENTITY.search(rule) if data.get("type") is True else None
        table = found and self.metadata.tables.get(found[1])
        stream = table and self.catalog.stream_of(table.name)
        if not stream:
            return []
        limited = re.search(r"\stop\s*=", _FETCH.search(rule)[0])
        ids, pages = [], 1 if limited else MAX_PAGES
        for number in range(1, pages + 1):
            asked = rule if limited else page_of(rule, number)
            path = f"{table.set_name}?fetchXml={quote(asked, safe='')}"
            rows = self.api.rows(path, stream="list_members")
            ids += [lower_id(row.get(table.id)) for row in rows]
            if len(rows) < MAX_MEMBERS:
                break
        else:
            if not limited:
                raise FatalError(
                    "paging_loop", host=self.api.host, stream="list_members"
                )
        key = data["listid"]
        parent = {"stream": "marketing_lists", "id": key}
        # The rule may name linked tables, and so the same record more than once.
        return [
            Record(
                "list_members",
                f"{key}-{member}",
                {"_parent": parent, "_member": {"stream": stream, "id": member}},
            )
            for member in dict.fromkeys(filter(None, ids))
        ]
