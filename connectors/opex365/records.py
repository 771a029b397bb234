"""Make of a row its record, with what only the connector can tell, and its files.

Members that are added begin with an underscore: ``_links`` (what a lookup of several
tables points to, as stream and id), ``_local`` (instants that mean the same hour in every
zone), those of ``parties.members_of`` on activities and of ``deals`` on opportunities.
"""

import re

from ..core.errors import RecordError
from ..core.source import Record
from .days import begin_and_end
from .deals import complete_deal, complete_lead
from .parties import members_of
from .rows import clean, link, lower_id
from .streams import is_wanted

LINKED = (
    "parentcustomerid",
    "customerid",
    "regardingobjectid",
    "objectid",
    "ownerid",
    "record1id",
    "record2id",
    "emailsender",
)
_MEMBERS = {
    "listcontact_association": ("contacts", "contactid"),
    "listaccount_association": ("companies", "accountid"),
    "listlead_association": ("leads", "leadid"),
}


class RecordMaker:
    """Rows of one stream to records.

    :param kind: ``streams.Kind``
    :param stream_of: ``table → stream`` or None
    :param currencies: callable, ISO codes by id; only leads and deals ask for it
    :param stages: callable, the ``StageFinder``; only deals ask for it
    :param file_columns: names of the columns that hold files
    :param floating: names of the columns whose instants belong to no zone
    """

    def __init__(
        self,
        kind,
        stream_of,
        *,
        currencies=dict,
        stages=None,
        file_columns=(),
        floating=(),
        set_name="",
    ):
        self.kind = kind
        self.stream_of = stream_of
        self.currencies = currencies
        self.stages = stages
        self.file_columns = tuple(file_columns)
        self.floating = tuple(floating)
        self.set_name = set_name

    def records_of(self, row, number=0):
        """Return ``(records, errors)`` of a row: itself, then what it brought along."""
        name, key = self.kind.name, self.kind.stream.primary_key
        if not isinstance(row, dict) or not row.get(key):
            error = RecordError(
                "missing_key", stream=name, source_id=f"#{number}", key=key
            )
            return [], [error]
        # A table too wide for a list of columns is asked for as a whole.
        table = self.kind.table
        data = {n: v for n, v in clean(row).items() if is_wanted(table, n)}
        data[key] = lower_id(str(row[key]))
        links = {c: found for c in LINKED if (found := link(data, c, self.stream_of))}
        if links:
            data["_links"] = links
        local = {n: data[n].rstrip("Z") for n in self.floating if data.get(n)}
        if local:
            data["_local"] = local
        if any(navigation.endswith("_activity_parties") for navigation in row):
            self._complete_activity(data)
        if name == "deals":
            complete_deal(data, self.currencies, self.stages)
        elif name == "leads":
            complete_lead(data, self.currencies)
        own = Record(name, data[key], data)
        return [own, *self._files(data), *self._members(data)], []

    # -- activities ----------------------------------------------------------------

    def _complete_activity(self, data):
        navigation = f"{self.kind.table}_activity_parties"
        parties = data.pop(navigation, None) or []
        regarding = data.get("_links", {}).get("regardingobjectid")
        if not regarding:
            regarding = self._of_closing(data)
        data.update(members_of(parties, self.stream_of, regarding))
        data["_parties"] = parties
        minutes = data.get("actualdurationminutes")
        if isinstance(minutes, int) and not isinstance(minutes, bool) and minutes > 0:
            data["_hours"] = round(minutes / 60, 4)
        if data.get("statecode") == 1:
            data["_done_at"] = data.get("actualend") or data.get("modifiedon")
        if "isalldayevent" in data:
            data["_begin"], data["_end"] = begin_and_end(data)

    def _of_closing(self, data):
        for column, stream in (("opportunityid", "deals"), ("incidentid", "cases")):
            if key := lower_id(data.get(f"_{column}_value")):
                return {"stream": stream, "id": key}
        return None

    # -- what hangs on a row ---------------------------------------------------------

    def _files(self, data):
        if self.kind.name == "notes" and data.get("isdocument"):
            yield self._note_file(data)
        for column in self.file_columns:
            if data.get(column):
                key = data[self.kind.stream.primary_key]
                yield Record(
                    "media",
                    f"{self.kind.name}-{key}-{column}",
                    {
                        "_parent": {"stream": self.kind.name, "id": key},
                        "_path": f"{self.set_name}({key})/{column}",
                        "filename": data.get(f"{column}_name") or column,
                        "createdon": data.get("modifiedon"),
                        "modifiedon": data.get("modifiedon"),
                    },
                )

    def _note_file(self, data):
        key = data["annotationid"]
        kept = (
            "filename",
            "filesize",
            "mimetype",
            "createdon",
            "modifiedon",
            "_createdby_value",
        )
        return Record(
            "media",
            f"notes-{key}",
            {
                **{name: data.get(name) for name in kept},
                "_parent": {"stream": "notes", "id": key},
                "_path": f"annotations({key})/documentbody",
            },
        )

    def _members(self, data):
        if self.kind.name != "marketing_lists":
            return
        for navigation, (stream, key) in _MEMBERS.items():
            for row in data.pop(navigation, None) or ():
                member = {"stream": stream, "id": lower_id(row.get(key))}
                yield Record(
                    "list_members",
                    f"{data['listid']}-{member['id']}",
                    {
                        "_parent": {"stream": self.kind.name, "id": data["listid"]},
                        "_member": member,
                    },
                )


_CARRIERS = {
    "email": "emails",
    "appointment": "meetings",
    "phonecall": "calls",
    "task": "tasks",
}


def complete_attachment(data, stream_of):
    """Say what an attachment hangs on, where its bytes are, where it is shown."""
    key = data["activitymimeattachmentid"]
    table = data.get("objecttypecode") or ""
    carrier = _CARRIERS.get(table) or stream_of(table)
    if carrier:
        data["_parent"] = {
            "stream": carrier,
            "id": lower_id(data.get("_objectid_value")),
        }
    data["_path"] = f"activitymimeattachments({key})/body"
    content_id = re.sub(r"^<|>$", "", data.get("attachmentcontentid") or "")
    if content_id:
        data["_inline"] = [f"cid:{content_id}"]
