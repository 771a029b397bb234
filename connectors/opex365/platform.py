"""Columns that the platform keeps for itself, some 20 to 50 in a table, and why."""

import fnmatch

_OWN = "a counter or number of the platform itself"
_DEPRECATED = "a leftover of processes: the processes themselves tell the stage"
_AGAIN = "the same once more, in another form"
_ROUTING = "the clock of a service agreement; the platform counts it"
_RIGHTS = "rights are never granted by a migration"
_LINK = "kept as the link to the record that it belongs to"
_MAILING = "how the platform sends and tracks mails; nothing of the record"

PLATFORM = {
    "versionnumber": _OWN,
    "importsequencenumber": _OWN,
    "timezoneruleversionnumber": _OWN,
    "utcconversiontimezonecode": _OWN,
    "overriddencreatedon": "when an earlier import ran; the record keeps its own date",
    "address?_addressid": _OWN,
    "address?_utcoffset": _OWN,
    "address?_composite": "the same address in one text",
    "address?_latitude": "a place on the map, which the address gives",
    "address?_longitude": "a place on the map, which the address gives",
    "traversedpath": _DEPRECATED,
    "processid": _DEPRECATED,
    "stageid": _DEPRECATED,
    "*_base": "the same amount in the currency of the organization",
    "exchangerate": "goes along with the amount that it is for",
    "yominame": _AGAIN,
    "yomifullname": "how the name is read; noted where it is no copy of the name",
    "yomifirstname": _AGAIN,
    "yomimiddlename": _AGAIN,
    "yomilastname": _AGAIN,
    "yomicompanyname": _AGAIN,
    "merged": "a duplicate that was merged is archived, which its status tells",
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
    "opendeals*": "Odoo counts them itself",
    "openrevenue*": "Odoo counts it itself",
    "aging*": "what is owed, which accounting knows",
    "entityimage*": "a thumbnail; the picture is read as a file where there is one",
    "timespentbymeonemailandmeetings": _OWN,
    "activitytypecode": "tells the table that the record stands in",
    "instancetypecode": "tells single ones from those of a series",
    "seriesid": "ties the meetings of a series, which come one by one",
    "sortdate": _AGAIN,
    "statecode": "decides what becomes of the record",
    "followemail": _MAILING,
    "marketingonly": _MAILING,
    "deliverylastattemptedon": _MAILING,
    "deliveryprioritycode": _MAILING,
    "community": _OWN,
    "adx_*": "belongs to a portal, whose logins never move",
    "@odata.*": _OWN,
    "_owningbusinessunit_value": _RIGHTS,
    "_owninguser_value": "the owner once more",
    "_owningteam_value": "the owner once more",
    "_createdby_value": "kept as who made it, unless an account that is nobody did",
    "_modifiedby_value": "kept as who changed it, unless an account that is nobody did",
    "_ownerid_value": "kept as the owner, unless an account that is nobody is",
    "_createdonbehalfby_value": "the account that acted; who it acted for is kept",
    "_modifiedonbehalfby_value": "the account that acted; who it acted for is kept",
    "_createdbyexternalparty_value": "a login of a portal, which never moves",
    "_modifiedbyexternalparty_value": "a login of a portal, which never moves",
    "_transactioncurrencyid_value": "told by the code of the currency",
    "_masterid_value": "a duplicate that was merged; kept archived",
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
    "_parties": "told by the parties that the record keeps",
    "_written_by": "the account that is nobody, named on what it wrote",
    "applicationid": "an application, which is nobody who works in Odoo",
    "_labels.*": "the words of a choice whose value tells the same",
    "_says.*": "the words of a choice whose value tells the same",
    "_tables.*": "which table a lookup points to; the link itself is kept",
}
"""Property or pattern → why it is not brought over."""


def is_platform(name):
    """
    >>> is_platform("revenue_base"), is_platform("revenue")
    (True, False)
    """
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in PLATFORM)
