"""The members that the connector adds to the records, as ``path:kind``."""

from ..core.source import SourceField

_STAMPS = "_creator:reference _editor:reference _owner:reference _written_by"
_NAMES = "_name _middle _reading"
_ACTIVITY = """_named.from:json _named.to:json _named.cc:json _named.bcc:json _is_sent:boolean _from:json _to:json _cc:json _bcc:json _required:json _optional:json
    _organizer:json _senders:json _recipients:json _attendees:json _thread:json
    _parties:json _begin _end _hours:float _done_at:datetime _links.regardingobjectid:json"""
_SOLD = """_currency _rate:float _rate_currency _base_amount:float _customer:json
    _lost_reason"""
_FILE = "_parent:json _path filename filesize:integer mimetype"
_ADDED = {
    "contacts": f"_links.parentcustomerid:json _links.ownerid:json {_NAMES}",
    "companies": "_links.ownerid:json",
    "leads": f"""_links.customerid:json _links.ownerid:json {_SOLD} {_NAMES}
        _became:json _sheet:text""",
    "deals": f"""_links.customerid:json _links.ownerid:json {_SOLD}
        _amount:float _estimate:float _closed_at
        opportunitycompetitors_association:json _stage.id:reference
        _stage.pipeline:reference _stage.told_by _stage.steps:json _closing:json
        _closing.actualend:datetime _closing.description:text
        _closing._labels._competitorid_value _lines:json""",
    "cases": "_links.customerid:json _links.ownerid:json",
    "pipelines": "_sales:boolean",
    "stages": "_sequence:integer _sales:boolean",
    "users": "systemuserroles_association:json _is_person:boolean",
    "teams": "teammembership_association:json administratorid.internalemailaddress",
    "notes": "_links.objectid:json _thread:json",
    "posts": "_links.regardingobjectid:json _thread:json",
    "post_comments": "_links.postid:json _thread:json",
    "opt_outs": "_parent:json email reason modifiedon:datetime",
    "attachments": "_parent:json _path _inline:json",
    "activity_parties": "_party:json _party.resolution _party.role _party.stream",
    "connections": "_links.record1id:json _links.record2id:json",
    "media": f"{_FILE} _inline:json createdon:datetime modifiedon:datetime _creator:reference",
    "list_members": "_parent:json _member:json",
    "deletions": "_parent:json reason",
    "custom_fields": "table name label kind wire_name",
}


def added_fields(stream, kind=None):
    """Return the ``SourceField``s of what is added to the records of a stream."""
    words = _ADDED.get(stream, "")
    if kind:
        words += f" {_STAMPS}"
    if kind and any(name.endswith("_activity_parties") for name, _c in kind.expand):
        words += f" {_ACTIVITY}"
    fields = []
    for word in words.split():
        path, _colon, kind_of_field = word.partition(":")
        fields.append(SourceField(path, kind=kind_of_field or "char"))
    return tuple(fields)
