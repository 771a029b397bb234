"""Make of a row its record, with what only the connector can tell, and its files.

Members that are added begin with an underscore: ``_links`` (what a lookup of several
tables points to, as stream and id), ``_local`` (instants that mean the same hour in every
zone), those of ``parties.members_of`` on activities and of ``deals`` on opportunities.
"""

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from ..core.errors import RecordError
from ..core.source import Record
from .accounts import complete_stamps, is_person
from .addresses import complete_address
from .cases import complete_case
from .dates import begin_and_end, day_of_midnight
from .deals import (
    Currencies,
    complete_currency,
    complete_deal,
    complete_lead,
    complete_qualified,
    complete_quotation,
)
from .invoices import complete_invoice
from .labels import clean, link, lower_id
from .money import STREAMS as WITH_AMOUNTS
from .money import complete_amounts
from .names import complete_names
from .optouts import opt_outs_of
from .parties import members_of
from .pictures import pictures_of
from .saying import complete_words
from .series import INSTANCE, get_rule
from .sheet import sheet_of
from .sold import complete_price, complete_product
from .streams import BECAME, DAYS, is_wanted
from .xaml import read_logic

LINKED = (
    "parentcustomerid",
    "parentid",
    "customerid",
    "regardingobjectid",
    "objectid",
    "ownerid",
    "record1id",
    "record2id",
    "emailsender",
    "postid",
)
_HANGING = {
    "notes": "objectid",
    "posts": "regardingobjectid",
    "post_comments": "postid",
}
"""Streams whose records hang on another → the lookup that names it."""
WAITING = (6, 7)
"""Of ``statuscode`` of an e-mail: pending, sending."""
OPEN, CANCELED = 0, 2
PEOPLE_MEMBERS = (
    *("_from", "_to", "_cc", "_bcc", "_senders", "_recipients"),
    *("_attendees", "_required", "_optional", "_organizer"),
)
_MEMBERS = {
    "listcontact_association": ("contacts", "contactid"),
    "listaccount_association": ("companies", "accountid"),
    "listlead_association": ("leads", "leadid"),
}


@dataclass(frozen=True)
class Surroundings:
    """What the rows of a table mean is told by others, asked for once.

    :param currencies: callable, ``Currencies``; only what has amounts asks for it
    :param stages: callable, the ``StageFinder``; only deals ask for it
    :param nobodies: callable, names of the accounts that are no person, by id
    :param name_order: callable, how the organization orders names
    :param file_columns: names of the columns that hold files
    :param floating: names of the columns whose instants belong to no zone
    :param labels: column → what it is called on screen
    :param host: of the environment
    """

    currencies: object = Currencies
    stages: object = None
    nobodies: object = dict
    name_order: object = type(None)
    file_columns: tuple = ()
    floating: tuple = ()
    labels: dict = dataclass_field(default_factory=dict)
    set_name: str = ""
    host: str = ""


class RecordMaker:
    """Rows of one stream to records.

    :param kind: ``streams.Kind``
    :param stream_of: ``table → stream`` or None
    :param around: ``Surroundings``
    """

    def __init__(self, kind, stream_of, around=None):
        self.kind = kind
        self.stream_of = stream_of
        self.around = around or Surroundings()

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
        self._complete_instants(data)
        complete_stamps(data, self.around.nobodies())
        complete_words(data, self.kind.table)
        if any(navigation.endswith("_activity_parties") for navigation in row):
            self._complete_activity(data)
        self._complete_kind(data)
        if "xaml" in self.kind.besides:
            data["_logic"] = read_logic(row.get("xaml"))
        own = Record(name, data[key], data)
        return [own, *self._brought_along(data)], []

    def _complete_instants(self, data):
        """Add ``_local`` and ``_days``: hours of no zone, and days written as midnights."""
        around = self.around
        parent = data.get("_links", {}).get("parentcustomerid") or {}
        if parent.get("stream"):
            data["_parent_customer"] = _reference(parent)
        local = {n: data[n].rstrip("Z") for n in around.floating if data.get(n)}
        days = {n: day for n in DAYS if (day := _day_of(data.get(n)))}
        data.update({"_local": local} if local else {})
        data.update({"_days": days} if days else {})

    def _complete_kind(self, data):
        name, around = self.kind.name, self.around
        if name == "leads":
            complete_qualified(data, data.pop(BECAME, None) or [])
        if name in WITH_AMOUNTS:
            complete_amounts(data, around.currencies)
        if name in ("contacts", "leads"):
            complete_names(data, around.name_order)
        if name == "deals":
            complete_deal(data, around.currencies, around.stages)
        elif name == "leads":
            if data.get("_became"):
                data["_sheet"] = sheet_of(data, around.labels)
            else:
                complete_lead(data, around.currencies)
        elif name == "addresses":
            complete_address(data)
        elif name == "cases":
            complete_case(data)
        elif name in ("quotes", "orders"):
            complete_quotation(data, around.currencies)
        elif name in ("products", "price_lists"):
            complete_currency(data, around.currencies)
            complete_product(data)
        elif name == "prices":
            complete_price(data)
        elif name == "invoices":
            complete_invoice(data, around.currencies)
        elif name == "users":
            data["_is_person"] = is_person(data)
        elif name in _HANGING:
            data.update(_thread_of(data, _HANGING[name]))

    def _brought_along(self, data):
        key = data[self.kind.stream.primary_key]
        yield from self._files(data)
        yield from self._members(data)
        yield from pictures_of(data, self.kind.name, key, self.around.host)
        yield from opt_outs_of(data, self.kind.name, key)

    # -- activities ----------------------------------------------------------------

    def _complete_activity(self, data):
        navigation = f"{self.kind.table}_activity_parties"
        parties = data.pop(navigation, None) or []
        regarding = data.get("_links", {}).get("regardingobjectid")
        if not regarding:
            regarding = self._of_closing(data)
        data.update(members_of(parties, self.stream_of, regarding))
        data["_parties"] = parties
        for column in ("actualdurationminutes", "scheduleddurationminutes"):
            minutes = data.get(column)
            if (
                isinstance(minutes, int)
                and not isinstance(minutes, bool)
                and minutes > 0
            ):
                data["_hours"] = round(minutes / 60, 4)
                break
        if self.kind.name == "emails":
            data["_is_sent"] = _is_sent(data)
        self._settle_parties(data)
        if data.get("statecode") == 1:
            data["_done_at"] = data.get("actualend") or data.get("modifiedon")
        if "isalldayevent" in data:
            data["_begin"], data["_end"] = begin_and_end(data)
        if self.kind.name == "meetings" and data.get("seriesid"):
            data["_follows"] = data.get("instancetypecode") == INSTANCE
        if self.kind.name == "recurring_meetings":
            data["_rule"] = get_rule(data)

    def _settle_parties(self, data):
        """Keep who took part where it is told: as people, or as names in a note.

        A call that is still to be made and a meeting that was canceled name them, a
        mail that was not sent and a call that was made do both: a message does not say
        which of its people called whom. A meeting and a to-do hang on one record.
        """
        name, state = self.kind.name, data.get("statecode")
        is_note = (name, state) in (("calls", OPEN), ("meetings", CANCELED))
        if is_note:
            for member in PEOPLE_MEMBERS:
                data.pop(member, None)
        elif name != "calls" and (name != "emails" or data["_is_sent"]):
            data.pop("_named", None)
        one = name == "meetings" or (name, state) == ("calls", OPEN)
        if one and data.get("_thread"):
            data["_thread"] = data["_thread"][:1]

    def _of_closing(self, data):
        for column, stream in (("opportunityid", "deals"), ("incidentid", "cases")):
            if key := lower_id(data.get(f"_{column}_value")):
                return {"stream": stream, "id": key}
        return None

    # -- what hangs on a row ---------------------------------------------------------

    def _files(self, data):
        if self.kind.name == "notes" and data.get("isdocument"):
            yield self._note_file(data)
        for column in self.around.file_columns:
            if data.get(column):
                key = data[self.kind.stream.primary_key]
                yield Record(
                    "media",
                    f"{self.kind.name}-{key}-{column}",
                    {
                        "_parent": {"stream": self.kind.name, "id": key},
                        "_thread": [{"stream": self.kind.name, "id": key}],
                        "_path": f"{self.around.set_name}({key})/{column}",
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
            "_creator",
        )
        return Record(
            "media",
            f"notes-{key}",
            {
                **{name: data.get(name) for name in kept},
                "_parent": {"stream": "notes", "id": key},
                "_thread": [{"stream": "notes", "id": key}],
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


def _is_sent(mail):
    """Tell whether a mail went out or came in; reasons of its status can be anybody's."""
    if mail.get("statecode") is None:
        return bool(mail.get("senton"))
    return mail["statecode"] == 1 and mail.get("statuscode") not in WAITING


def _thread_of(data, column):
    """Return ``_thread`` of what hangs on one record, {} where that is none of ours."""
    found = data.get("_links", {}).get(column) or {}
    if not found.get("stream"):
        return {}
    return {"_thread": [_reference(found)]}


def _reference(found):
    return {"stream": found["stream"], "id": found["id"]}


def _day_of(text):
    if not isinstance(text, str) or "T" not in text:
        return text or None
    try:
        return day_of_midnight(text).isoformat()
    except (ValueError, OverflowError):
        return None


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
        data["_thread"] = [data["_parent"]]
    data["_path"] = f"activitymimeattachments({key})/body"
    content_id = re.sub(r"^<|>$", "", data.get("attachmentcontentid") or "")
    if content_id:
        data["_inline"] = [f"cid:{content_id}"]
