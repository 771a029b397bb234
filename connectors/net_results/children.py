"""Streams whose rows hang on other records: history, memberships, scores, totals."""

from ..core.source import Record
from ..mapping.transforms import is_blank
from .history import ROWS_OF_PARENTS, PerParentReader, activity_key, child_record
from .listing import ListReader
from .people import as_sent
from .proposals import event_of
from .responses import instant_of, is_object, member, moment_of
from .streams import STREAM_OF

EVENT = (
    *("text", "email_name", "email_subject", "campaign_name", "link"),
    *("bounce_type", "bounce_code", "bounce_reason"),
)
"""What is told of an event besides its type and its day: keys of ``fields``."""


class ChildReader:
    """One such stream: its rows are asked for parent by parent."""

    def __init__(self, rpc, stream, endpoint, *, since=None):
        self.rpc, self.stream, self.endpoint = rpc, stream, endpoint
        self._objects = rpc.profile["objects"]
        self._parent_stream = STREAM_OF[endpoint["per"]]
        self._dates = rpc.profile["dates"]
        self._since = since
        self._is_history = stream == "activities"

    def pages(self, checkpoint, types):
        """Yield the pages after ``checkpoint``.

        :param types: labels of the types of history by their ids
        """
        reader = PerParentReader(
            self.rpc,
            self.endpoint,
            self.stream,
            self._parents(),
            fixed_of=self._calls(),
            key_of=self._key(),
        )

        def expand(row, key, owner, prefix):
            if self._is_history:
                return self._event(row, key, owner, types)
            data = {"_list": prefix} if prefix else {}
            for name, names in self.endpoint.get("fields", {}).items():
                data[f"_{name}"] = member(row, names)
            # Where there is one row at most, its parents name it.
            own = "" if prefix or not self.endpoint.get("id") else key
            if (item := self.endpoint.get("item")) and is_object(row):
                # Some answer with the whole contact, which is read on its own.
                row = {item: member(row, self.endpoint["id"])}
            return child_record(
                self.stream, row, own, owner, self._parent_stream, prefix, **data
            )

        yield from reader.pages(checkpoint, self._kept(expand))

    def _parents(self):
        """Return what lists the parents that are asked about."""
        return self._every_parent()

    def _every_parent(self):
        endpoint = self._objects[self.endpoint["per"]]
        size = ROWS_OF_PARENTS
        return ListReader(self.rpc, endpoint, self._parent_stream, size=size)

    def _kept(self, expand):
        """Return the function that makes records of a row, of those that are wanted."""
        return expand

    def _event(self, row, key, owner, types):
        fields = self.endpoint["fields"]
        moment = moment_of(member(row, fields["date"]), self._dates)
        if self._since and moment and moment < self._since:
            return None
        kind = str(member(row, fields["type"]) or "")
        # Under names of our own: what they are called is told by the endpoint profile.
        data = {f"_{n}": member(row, fields[n]) for n in EVENT if n in fields}
        data["_date"] = instant_of(member(row, fields["date"]), self._dates)
        data["_type"] = types.get(kind, kind)
        named = {n for names in fields.values() for n in names} | {"_parent"}
        further = [
            {"name": name, "value": value}
            for name, value in row.items()
            if name not in named and not name.endswith("_id") and not is_blank(value)
        ]
        if further:
            data["_further"] = further
        mail = member(row, fields["email_id"]) or data["_email_name"]
        if is_blank(mail):
            return child_record(
                self.stream, row, key, owner, self._parent_stream, **data
            )
        data["_mailing"] = str(mail).strip()
        event = child_record(self.stream, row, key, owner, self._parent_stream, **data)
        if event_of(data["_type"]) != "sent":
            return event  # the others tell less of the mail
        told = {"name": data["_email_name"], "subject": data["_email_subject"]}
        return [event, Record("mailings", data["_mailing"], {"email_id": mail, **told})]

    def _calls(self):
        """Return the function that says with what to call for a parent."""
        endpoint = self.endpoint
        if "each" not in endpoint:
            return lambda key: [("", {endpoint["param"]: as_sent(key)})]
        other = ListReader(
            self.rpc, self._objects[endpoint["each"]], STREAM_OF[endpoint["each"]]
        )
        others = [key for _row, key, _place in other.rows()]
        others = self._wanted(others)
        return lambda key: [
            (o, {endpoint["each_param"]: as_sent(o), endpoint["param"]: as_sent(key)})
            for o in others
        ]

    def _wanted(self, others):
        return others

    def _key(self):
        """Return the function that tells the rows of a parent apart; None: their id."""
        if self._is_history:
            return activity_key(self.endpoint)
        if self.endpoint.get("id"):
            return None
        return lambda row, parent: str(parent) if is_object(row) and row else None
