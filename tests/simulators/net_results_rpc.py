"""The controllers and reading methods of the Net-Results simulator."""

import hashlib
import re

from .net_results_words import TYPES

PAGE = ("offset", "limit", "order_by", "order_dir")
PERIOD = ("start_date", "stop_date")
OPTIONAL = {"filters", "options"}

# Controller: {method: parameters}. Writing methods are listed too: a client must refrain.
CONTROLLERS = {
    "Contact": {
        "getMultiple": PAGE,
        "getOne": ("contact_id",),
        "getByLeadStatus": ("lead_status_id", "limit", "offset"),
        "getMailingInfo": ("contact_id",),
        "getMineLeadScores": (*PAGE, "overlay_id"),
        "setOne": ("contact",),
        "deleteOne": ("contact_id",),
    },
    "ContactActivityHistory": {
        "getTypes": (),
        "getContactActivity": ("contact_id", *PAGE),
    },
    "ContactSegment": {
        "getMultiple": PAGE,
        "getContactIds": ("contact_segment_id", "offset", "limit", *PERIOD),
        "getContactParticipation": ("contact_segment_id", "contact_id", *PERIOD),
    },
    "EmailList": {
        "getMultiple": PAGE,
        "getContactParticipation": ("email_list_id", "contact_id"),
        "getFolderTree": (),
    },
    "Email": {"getMultiple": PAGE, "getOne": ("email_id",), "sendEmail": ("email_id",)},
    "Campaign": {"getMultiple": PAGE, "getOne": ("campaign_id",)},
    "CampaignStatistics": {"getOne": ("campaign_id", "from_date", "to_date")},
    "CustomAttribute": {"getMultiple": PAGE, "getByContact": ("contact_id",)},
    "LeadStatus": {"getMultiple": PAGE},
    "LeadScoreOverlay": {"getMultiple": PAGE},
    "User": {
        "getSessionId": ("username", "password"),
        "getOneByEmail": ("email",),
        "setOne": ("user",),
    },
    "Form": {"getMultiple": PAGE},
    "Account": {"getMultiple": PAGE},
    "Alert": {"getMultiple": PAGE, "setOne": ("alert",)},
    "Report": {"getMultiple": PAGE, "setOne": ("report",)},
    "DomainGroup": {"getAll": ()},
}


class Refused(Exception):
    """A JSON-RPC error: code, message and what is wrong."""

    def __init__(self, code, message, data=None):
        self.error = {"code": code, "message": message}
        if data:
            self.error["data"] = data
        super().__init__(message)


class Rpc:
    """Answers one call on the tables of ``account``.

    page_mode: offsets are taken for page numbers, as one README would have it
    most: rows that a page has at most, whatever the limit; None = no bound
    bodies: ``Email.getMultiple`` brings the content along
    keeps_order: rows come in one order even where none is asked for, or none can be
    """

    keeps_order = False

    def __init__(self, account, *, page_mode=False, most=None, bodies=False):
        self.account = account
        self.page_mode = page_mode
        self.most = most
        self.bodies = bodies

    def call(self, controller, method, params):
        """Return ``(what stands under result, total or None)``.

        :raises Refused: the JSON-RPC error
        """
        known = CONTROLLERS[controller].get(method)
        if known is None or not method.startswith("get"):
            raise Refused(-32601, "Method not found")
        if isinstance(params, list):
            params = dict(zip(known, params, strict=False))
        for name in known:
            if name not in params:
                raise Refused(-32602, "Invalid params", f"{name} is required")
        for name in params:
            if name not in known and name not in OPTIONAL:
                raise Refused(-32602, "Invalid params", f"{name} is not known")
        return getattr(self, f"_{controller}_{method}")(params)

    def _page(self, rows, params):
        order = params.get("order_by") or None
        rows = list(rows)
        if order:
            if rows and not any(order in row for row in rows):
                raise Refused(-32602, "Invalid params", "order_by is not a column")
            falling = params.get("order_dir") == "DESC"
            rows.sort(key=lambda row: _sort_key(row.get(order)), reverse=falling)
        elif not self.keeps_order:
            # Nobody promises any: another one for each question.
            asked = repr(sorted(params.items(), key=str))
            rows.sort(key=lambda row: hashlib.md5(f"{asked}{row}".encode()).digest())
        offset, limit = params["offset"], params["limit"]
        if not isinstance(limit, int) or limit < 1:
            raise Refused(-32602, "Invalid params", "limit must be positive")
        if self.most:
            limit = min(limit, self.most)
        start = offset * limit if self.page_mode else offset
        return rows[start : start + limit], len(rows)

    def _one(self, table, key):
        if key not in table:
            raise Refused(-32000, "No such record")
        return table[key], None

    # Contact

    def _Contact_getMultiple(self, params):
        return self._page(self._filtered(params), params)

    def _filtered(self, params):
        rows = self.account.contacts.values()
        if filters := params.get("filters"):
            since = filters[0]["value"]
            rows = [row for row in rows if row["contact_modified_date"] >= since]
        return rows

    def _Contact_getOne(self, params):
        return self._one(self.account.contacts, params["contact_id"])

    def _Contact_getByLeadStatus(self, params):
        keys = self.account.in_status.get(params["lead_status_id"], [])
        return self._page([self.account.contacts[key] for key in keys], params)

    def _Contact_getMineLeadScores(self, params):
        rows = [
            {"contact_id": key, "lead_score": row.get("contact_lead_score", 0)}
            for key, row in self.account.contacts.items()
        ]
        return self._page(rows, params)

    # What hangs on contacts

    def _ContactActivityHistory_getTypes(self, params):
        rows = [{"activity_type_id": key, "activity_type": name} for key, name in TYPES.items()]  # fmt: skip
        return rows, len(rows)

    def _ContactActivityHistory_getContactActivity(self, params):
        return self._page(self.account.history.get(params["contact_id"], []), params)

    def _CustomAttribute_getByContact(self, params):
        rows = self.account.values.get(params["contact_id"], [])
        return rows, len(rows)

    def _EmailList_getContactParticipation(self, params):
        on_it = params["contact_id"] in self.account.on_list[params["email_list_id"]]
        rows = [{"contact_id": params["contact_id"], "opted_out": params["contact_id"] % 3 == 0}]  # fmt: skip
        return rows if on_it else [], None

    # Lists

    def _ContactSegment_getMultiple(self, params):
        return self._page(self.account.segments.values(), params)

    def _ContactSegment_getContactIds(self, params):
        first, last = (params[name] for name in PERIOD)
        if not all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in (first, last)):
            raise Refused(-32602, "Invalid params", "start_date is no day")
        return self._page(self.account.members[params["contact_segment_id"]], params)

    def _EmailList_getMultiple(self, params):
        return self._page(self.account.lists.values(), params)

    def _EmailList_getFolderTree(self, params):
        return self.account.folders, None

    def _Email_getMultiple(self, params):
        rows, total = self._page(self.account.emails.values(), params)
        if not self.bodies:
            hidden = {"email_content_html", "email_content_text"}
            rows = [{k: v for k, v in row.items() if k not in hidden} for row in rows]
        return rows, total

    def _Email_getOne(self, params):
        return self._one(self.account.emails, params["email_id"])

    def _Campaign_getMultiple(self, params):
        return self._page(self.account.campaigns.values(), params)

    def _Campaign_getOne(self, params):
        return self._one(self.account.campaigns, params["campaign_id"])

    def _CampaignStatistics_getOne(self, params):
        keys = ("qualified", "sent", "opened", "clicked", "bounced", "unsubscribed")
        return dict.fromkeys(keys, params["campaign_id"] % 100), None

    def _CustomAttribute_getMultiple(self, params):
        return self._page(self.account.attributes.values(), params)

    def _LeadStatus_getMultiple(self, params):
        return self._page(self.account.statuses.values(), params)

    def _LeadScoreOverlay_getMultiple(self, params):
        return self._page(self.account.overlays.values(), params)

    def _Form_getMultiple(self, params):
        return self._page(self.account.forms.values(), params)

    def _Account_getMultiple(self, params):
        return self._page(self.account.accounts.values(), params)

    def _Alert_getMultiple(self, params):
        return self._page(self.account.alerts.values(), params)

    def _Report_getMultiple(self, params):
        return self._page(self.account.reports.values(), params)

    def _DomainGroup_getAll(self, params):
        return list(self.account.domain_groups.values()), None

    def _User_getOneByEmail(self, params):
        return self._one(self.account.users, params["email"])


def _sort_key(value):
    return (value is not None, value if isinstance(value, int) else str(value or ""))
