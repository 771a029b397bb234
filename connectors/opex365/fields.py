"""The members that the connector adds to the records, as ``path:kind``."""

from ..core.source import SourceField

_STAMPLESS = frozenset(
    {"pipelines", "stages", "users", "teams", "campaigns", "attachments"}
)
_OWNED = frozenset(
    {
        *("companies", "contacts", "leads", "deals", "calls", "tasks", "meetings"),
        *("deal_closes", "cases", "case_resolutions", "quotes", "orders"),
    }
)
_NAMES = "_name _middle _reading"
_PARTIES = "_senders:json _recipients:json _named.from:json _named.to:json"
_ACTIVITY = """_thread:json _parties:json _about
    _links.regardingobjectid:json"""
_SOLD = """_amounts_in _currency _rate:float _rate_currency _base_amount:float _customer:json
    _lost_reason"""
_LINE = "_lines.net:float _lines.off:float _lines.product:reference"
_FILE = "_parent:json _thread:json _path filename filesize:integer mimetype"
_ADDED = {
    "emails": f"""{_PARTIES} _named.cc:json _named.bcc:json _is_sent:boolean _from:json
        _to:json _cc:json _bcc:json""",
    "tasks": "_done_at:datetime",
    "calls": f"{_PARTIES} _hours:float",
    "meetings": """_required:json _optional:json _organizer:json _attendees:json _begin
        _end _hours:float _follows:boolean _named.required:json _named.optional:json
        _named.organizer:json""",
    "recurring_meetings": "_rule _begin _end",
    "contacts": f"_parent_customer:json _links.parentcustomerid:json _links.ownerid:json _amounts_in {_NAMES}",
    "companies": "_links.ownerid:json _amounts_in",
    "deal_closes": "_amounts_in",
    "addresses": "_customer:json _embedded:boolean",
    "leads": f"""_links.customerid:json _links.ownerid:json {_SOLD} {_NAMES}
        _became:json _sheet:text""",
    "deals": f"""_links.customerid:json _links.ownerid:json {_SOLD}
        _amount:float _estimate:float _closed_at
        opportunitycompetitors_association:json _stage.id:reference _won_in
        _stage.pipeline:reference _stage.told_by _stage.steps:json _stage.steps.stage:reference
        opportunitycompetitors_association.competitorid:reference _closing:json
        _closing.actualend:datetime _closing.description:text
        _closing._labels._competitorid_value _lines:json {_LINE}""",
    **dict.fromkeys(
        ("quotes", "orders"),
        f"""_links.customerid:json _links.ownerid:json {_SOLD} _lines:json {_LINE}
        _thread:json""",
    ),
    "invoices": "_rate:float _rate_currency",
    "products": "_amounts_in _currency _rate:float _rate_currency _parts:json",
    "price_lists": "_currency _rate:float _rate_currency",
    "prices": """_pricing:json _pricing.kind _pricing.price:float _pricing.base
        _pricing.off:float _of_other_unit:boolean""",
    "cases": "_links.customerid:json _links.ownerid:json _done_at:datetime",
    "pipelines": "_sales:boolean",
    "workflows": "_logic:json",
    "stages": "_sequence:integer _sales:boolean",
    "users": "systemuserroles_association:json _is_person:boolean",
    "teams": "teammembership_association:json administratorid.internalemailaddress",
    "notes": "_links.objectid:json _thread:json _about",
    "posts": "_links.regardingobjectid:json _thread:json",
    "post_comments": "_links.postid:json _thread:json",
    "opt_outs": "_parent:json email reason modifiedon:datetime",
    "attachments": "_parent:json _thread:json _path _inline:json",
    "activity_parties": "_party:json _party.resolution _party.role _party.stream",
    "connections": "_links.record1id:json _links.record2id:json",
    "media": f"{_FILE} _inline:json createdon:datetime modifiedon:datetime _creator:reference",
    "list_members": "_parent:json _member:json _member.stream",
    "deletions": "_parent:json reason",
    "custom_fields": "table name label kind wire_name",
}


def added_fields(stream, kind=None):
    """Return the ``SourceField``s of what is added to the records of a stream."""
    words = _ADDED.get(stream, "")
    if kind and stream not in _STAMPLESS:
        words += " _creator:reference _written_by"
        words += "" if stream == "post_comments" else " _editor:reference"
        words += " _owner:reference" if stream in _OWNED else ""
    if kind and any(name.endswith("_activity_parties") for name, _c in kind.expand):
        words += f" {_ACTIVITY}"
    fields = []
    for word in words.split():
        path, _colon, kind_of_field = word.partition(":")
        fields.append(SourceField(path, kind=kind_of_field or "char"))
    return tuple(fields)
