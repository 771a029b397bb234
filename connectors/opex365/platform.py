"""Columns that the platform keeps for itself, some 20 to 50 in a table, and why."""

import fnmatch

from ..core.sentences import _lt

_OWN = _lt("a counter or number of the platform itself")
_DEPRECATED = _lt("a leftover of processes: the processes themselves tell the stage")
_AGAIN = _lt("the same once more, in another form")
_ROUTING = _lt("the clock of a service agreement; the platform counts it")
_RIGHTS = _lt("rights are never granted by a migration")
_LINK = _lt("kept as the link to the record that it belongs to")
_MAILING = _lt("how the platform sends and tracks mails; nothing of the record")

PLATFORM = {
    "versionnumber": _OWN,
    "importsequencenumber": _OWN,
    "timezoneruleversionnumber": _OWN,
    "utcconversiontimezonecode": _OWN,
    "overriddencreatedon": _lt(
        "when an earlier import ran; the record keeps its own date"
    ),
    "address?_addressid": _OWN,
    "address?_utcoffset": _OWN,
    "address?_composite": _lt("the same address in one text"),
    "address?_latitude": _lt("a place on the map, which the address gives"),
    "address?_longitude": _lt("a place on the map, which the address gives"),
    "traversedpath": _DEPRECATED,
    "processid": _DEPRECATED,
    "stageid": _DEPRECATED,
    "*_base": _lt("the same amount in the currency of the organization"),
    "exchangerate": _lt("goes along with the amount that it is for"),
    "yominame": _AGAIN,
    "yomifullname": _lt("how the name is read; noted where it is no copy of the name"),
    "yomifirstname": _AGAIN,
    "yomimiddlename": _AGAIN,
    "yomilastname": _AGAIN,
    "yomicompanyname": _AGAIN,
    "merged": _lt("a duplicate that was merged is archived, which its status tells"),
    "participatesinworkflow": _OWN,
    "isautocreate": _OWN,
    "isbackofficecustomer": _OWN,
    "isworkflowcreated": _OWN,
    "isprivate": _OWN,
    "islinked": _OWN,
    "hierarchypath": _AGAIN,
    "onholdtime": _ROUTING,
    "lastonholdtime": _ROUTING,
    "sla*": _ROUTING,
    "opendeals*": _lt("Odoo counts them itself"),
    "openrevenue*": _lt("Odoo counts it itself"),
    "aging*": _lt("what is owed, which accounting knows"),
    "entityimage*": _lt(
        "a thumbnail; the picture is read as a file where there is one"
    ),
    "timespentbymeonemailandmeetings": _OWN,
    "activitytypecode": _lt("tells the table that the record stands in"),
    "instancetypecode": _lt("tells single ones from those of a series"),
    "seriesid": _lt("ties the meetings of a series, which come one by one"),
    "sortdate": _AGAIN,
    "statecode": _lt("decides what becomes of the record"),
    "followemail": _MAILING,
    "marketingonly": _MAILING,
    "deliverylastattemptedon": _MAILING,
    "deliveryprioritycode": _MAILING,
    "community": _OWN,
    "adx_*": _lt("belongs to a portal, whose logins never move"),
    "@odata.*": _OWN,
    "_owningbusinessunit_value": _RIGHTS,
    "_owninguser_value": _lt("the owner once more"),
    "_owningteam_value": _lt("the owner once more"),
    "_createdby_value": _lt("kept as who made it, unless a system account did"),
    "_modifiedby_value": _lt("kept as who changed it, unless a system account did"),
    "_ownerid_value": _lt("kept as the owner, unless it is a system account"),
    "_createdonbehalfby_value": _lt("the account that acted; who it acted for is kept"),
    "_modifiedonbehalfby_value": _lt(
        "the account that acted; who it acted for is kept"
    ),
    "_createdbyexternalparty_value": _lt("a login of a portal, which never moves"),
    "_modifiedbyexternalparty_value": _lt("a login of a portal, which never moves"),
    "_transactioncurrencyid_value": _lt("told by the code of the currency"),
    "_masterid_value": _lt("a duplicate that was merged; kept archived"),
    "_sla*_value": _ROUTING,
    "_regardingobjectid_value": _LINK,
    "_objectid_value": _LINK,
    "_activityid_value": _LINK,
    "_postid_value": _LINK,
    "_opportunityid_value": _LINK,
    "_customerid_value": _LINK,
    "_parentcustomerid_value": _LINK,
    "_parentaccountid_value": _LINK,
    "_parentcontactid_value": _LINK,
    "_accountid_value": _LINK,
    "_contactid_value": _LINK,
    "_qualifyingopportunityid_value": _LINK,
    "_originatingleadid_value": _LINK,
    "_links.*": _LINK,
    "_parties": _lt("told by the parties that the record keeps"),
    "_written_by": _lt("the account that is nobody, named on what it wrote"),
    "applicationid": _lt("an application, which is nobody who works in Odoo"),
    "_labels.*": _lt("the words of a choice whose value tells the same"),
    "_says.*": _lt("the words of a choice whose value tells the same"),
    "_tables.*": _lt("which table a lookup points to; the link itself is kept"),
}
"""Property or pattern → why it is not brought over."""


def is_platform(name):
    """
    >>> is_platform("revenue_base"), is_platform("revenue")
    (True, False)
    """
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in PLATFORM)
