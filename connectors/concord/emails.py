"""Read the messages that hang on contacts, companies and deals, each exactly once.

The list of a mailbox folder says nothing of what its messages hang on: that would cost
one more call for every message. Read record by record, a message brings its links
along, one call serves up to a hundred messages, and nothing is marked as read. Records
without messages cost one call for 25 of them, where the server can tell. A
message that hangs on several records is taken where the first of them is read.
"""

from collections import Counter
from dataclasses import replace
from itertools import chain

from ..core.sentences import _lt
from .listing import ListReader, is_since, pages
from .records import records_of
from .sentences import SENTENCES
from .streams import LINKS

RECORDS_PER_PAGE = 10
ROWS_WITH_MESSAGES = 25
_LEFT_ASIDE = frozenset({"drafts", "spam", "trash"})


class EmailReader:
    """The messages of an installation.

    :param private: bring also those of mailboxes that the user of the token cannot see
    """

    def __init__(self, api, *, private, since):
        self.api = api
        self.private = private
        self.since = since
        self._mailboxes = None
        self._without = ()
        self._seen = set()
        self._left = Counter()

    def pages(self, checkpoint):
        """Yield the pages after ``checkpoint``."""
        position = dict(checkpoint or {"of": LINKS[0]})
        for resource in LINKS[LINKS.index(position.pop("of")) :]:
            yield from self._pages_of(resource, position)
            position = {}

    def _pages_of(self, resource, position):
        rows = ListReader(
            self.api,
            resource,
            "emails",
            # Tells which records have any message: only those cost a call of their own.
            # It may hide other people's mailboxes, so not where those are wanted.
            relations=() if self.private else ("emails",),
            size=ROWS_WITH_MESSAGES,
        )
        after = LINKS[LINKS.index(resource) + 1 :]
        for chunk in rows.chunks(position):
            following = chunk.following

            # Each record is a call, which waits for no other.
            answers = self.api.client.several.each(
                chunk.rows, lambda row: self._ask(resource, row)
            )

            def mark(position, following=following):
                return {"of": resource, **position}

            for page in pages(
                chunk,
                lambda row, answers=answers: self._messages(
                    resource, row, next(answers)
                ),
                mark=mark,
                every=RECORDS_PER_PAGE,
            ):
                if page.checkpoint is None and after:
                    page = replace(page, checkpoint={"of": after[0]})
                yield replace(page, warnings=self._take_findings())

    def _take_findings(self):
        """Return what was left aside since we were last asked."""
        findings = tuple(
            SENTENCES.finding("passed", code, count=count)
            for code, count in self._left.items()
            if count
        )
        self._left.clear()
        return findings

    def _ask(self, resource, record):
        """Return the pages of a record's messages; the first one has been asked for."""
        if record.get("emails") == []:
            return iter(())
        reader = ListReader(
            self.api,
            f"{resource}/{record['id']}/emails",
            "emails",
            relations=LINKS,
            # This form shows what hangs on the record whoever owns the mailbox.
            filters=(("timeline", 1),),
        )
        chunks = reader.chunks({"without": self._without})
        return chain([next(chunks)], chunks)

    def _messages(self, resource, record, chunks):
        key, records, errors = record["id"], [], []
        for chunk in chunks:
            self._without = chunk.position.get("without", ())
            errors += chunk.errors
            for row in chunk.rows:
                if self._is_first(row, resource, key) and self._is_wanted(row):
                    row = {resource: [{"id": key}], **row}
                    more, wrong = records_of("emails", row)
                    records += more
                    errors += wrong
        return records, errors

    def _is_first(self, row, resource, key):
        """Tell whether this is the record, of all the message hangs on, to take it at."""
        # Of records that we may not see only the names are shown, but no list has them.
        links = LINKS if self.api.me.get("super_admin") else ()
        for name in links:
            if row.get(name):
                return (name, min(item["id"] for item in row[name])) == (resource, key)
        # A server that brings no links: all we know is where it was found first.
        known = row["id"] in self._seen
        self._seen.add(row["id"])
        return not known

    def _is_wanted(self, row):
        if not is_since(row, self.since):
            return False
        folders = {folder.get("type") for folder in row.get("folders") or ()}
        if row.get("is_draft") or (folders and folders <= _LEFT_ASIDE):
            self._left["mail_left_aside"] += 1
            return False
        visible = self.private or row.get("email_account_id") in self.mailboxes
        self._left["mail_of_others"] += not visible
        return visible

    @property
    def mailboxes(self):
        """Ids of the mailboxes that the user of the token sees: own and shared ones."""
        if self._mailboxes is None:
            # Server names and logins stand in this answer: nothing of it is kept.
            accounts = self.api.get("mail/accounts", stream="emails").data
            if not isinstance(accounts, list):
                raise self.api.unexpected("emails", _lt("no list of mail accounts"))
            self._mailboxes = {account.get("id") for account in accounts}
        return self._mailboxes
