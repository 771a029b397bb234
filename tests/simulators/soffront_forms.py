"""What the forms of the invented Soffront customer look like: fields, codes, pick lists."""

STATUSES = (
    "Open,Assigned,Customer Responded,Waiting Customer Reply,Escalated,Reopened,"
    "Resolved,Closed,Auto-Closed"
)


def field(name, code=0, label="", values="", **more):
    """Return a row as the operation ``Fields`` gives it."""
    return {
        "FieldName": name,
        "LabelText": label or name,
        "FieldType": code,
        "IsRequired": False,
        "isHidden": False,
        "IsNonEditable": False,
        "DefaultValue": "",
        "FieldValues": values,
        "ISEXTERNAL": "N",
        "DEPENDFLDID": 0,
        "DEPENDFLDNAME": "",
        **more,
    }


def _lines(names):
    return [field(name) for name in names.split()]


MODIFIED = field("LastMod", 12, "Last Modified")
OPINIONS = [field(f"Survey{n:02d}", 0, f"Survey answer {n}") for n in range(1, 46)]
"""So many fields of the customer's own that one call cannot name them all."""

FORMS = {
    "Account": [
        field("FormID", 15),
        field("AcctID", 15, "Account ID"),
        field("Company", 0, "Company Name", IsRequired=True),
        field("Status", 5, values="Customer,Prospect,Former"),
        *_lines("Address1 City AccState ZipCode Country"),
        field("Industry", 9, values="Manufacturing,Health,Public"),
        field("MainPh", 0, "Main Phone"),
        MODIFIED,
        field("Employees", 1, "Employees"),
        field("Rating", 18, "Rating"),
        field("Region", 5, "Region", ISEXTERNAL="Y"),
        field(
            "District",
            5,
            "District",
            ISEXTERNAL="Y",
            DEPENDFLDID=88,
            DEPENDFLDNAME="Region",
        ),
        field("Interests", 16, "Interests", "Pumps,Valves,Seals"),
        field("Renewal", 11, "Renewal date"),
        field("CrMark", 0, "Credit mark", isHidden=True),
        field("Sketch", 21, "Sketch"),
    ],
    "Contact": [
        field("FormID", 15),
        field("Contact", 15, "Contact ID"),
        *_lines("FName LName FullName MrMs JobTitle ConRole Company"),
        field("Status", 5, values="Active,Inactive Contact"),
        field("email", 0, "E-mail"),
        *_lines("BPhone Mobile Fax AcctPhone Address1 Address2 City StatePr ZipPost"),
        field("Country"),
        field("AddlInfo", 4, "Additional information"),
        field("Nletstat", 5, "Newsletter", "Yes,No"),
        field("PortalAcc", 5, "Portal access", "Yes,No"),
        field("Pswd", 0, "Portal word"),
        field("PrtlSecrt", 0, "Portal Password"),
        MODIFIED,
        *OPINIONS,
    ],
    "Ticket": [
        field("FormID", 15),
        field("TicketID", 15, "Ticket ID"),
        field("Synopsis", IsRequired=True),
        field("Detail", 22, "Details"),
        field("Status", 5, values=STATUSES),
        field("Severity", 5, values="1-High,2-Medium,3-Low"),
        field("Priority", 5, values="1,2,3"),
        *_lines("AssignTo TQueue"),
        field("CallTime", 12, "Opened"),
        field("DueDate", 11, "Due"),
        field("Closedat", 12, "Closed"),
        MODIFIED,
        *_lines("Cat1 Product ContctName Company"),
        field("Solution", 4),
        field("Environ", 4, "Environment"),
    ],
    "Defect": [
        field("FormID", 15),
        field("DefectID", 15, "Defect ID"),
        field("Synopsis"),
        field("Details", 4),
        field("Steps", 4),
        field("Status", 5, values="New,Fixed,Certified"),
        field("SubDate", 12, "Submitted"),
        field("FixDate", 11, "Fixed"),
        field("PrjName", 0, "Project"),
        *_lines("Developr Submitter"),
    ],
    "Leads": [
        field("FormID", 15),
        *_lines(
            "FullName Company Campaign Address1 City AccState ZipCode Email MainPh"
        ),
        MODIFIED,
    ],
    "Opportunity": [
        field("FormID", 15),
        field("OppName", 0, "Opportunity Name"),
        field("SlsStage", 5, "Stage", "Qualify,Proposal,Won,Lost"),
        field("ExpRev", 2, "Amount"),
        field("ClosDate", 11, "Close Date"),
        field("SalesRep", 0, "Owner"),
        *_lines("Company ContctName"),
        MODIFIED,
    ],
    "Activity": [
        field("FormID", 15),
        field("Subject"),
        field("ActType", 5, "Type", "Call,E-mail,Meeting,Task"),
        field("StartDt", 12, "Start"),
        field("EndDt", 12, "End"),
        field("Descript", 4, "Description"),
        field("AssignTo", 0, "Assigned To"),
        field("Status", 5, values="Open,Done"),
        *_lines("Company ContctName"),
    ],
    "Project": [
        field("FormID", 15),
        field("PrjName", 0, "Project Name"),
        field("Descript", 4, "Description"),
        field("Status", 5, values="Active,On Hold,Completed"),
        field("StartDt", 11, "Start Date"),
        field("EndDt", 11, "End Date"),
        field("AssignTo", 0, "Assigned To"),
        *_lines("Company"),
        MODIFIED,
    ],
    "Milestone": [
        field("FormID", 15),
        field("MlName", 0, "Milestone Name"),
        field("Descript", 4, "Description"),
        field("PrjName", 0, "Project"),
        field("DueDt", 11, "Due Date"),
        field("Status", 5, values="Open,Completed"),
        field("DoneDt", 12, "Completed On"),
        MODIFIED,
    ],
    "Issue": [
        field("FormID", 15),
        field("Synopsis"),
        field("Details", 4),
        field("Status", 5, values="Open,In Progress,Closed,Canceled"),
        field("Priority", 5, values="1-High,2-Medium,3-Low"),
        field("PrjName", 0, "Project"),
        field("MlName", 0, "Milestone"),
        field("DueDate", 11, "Due"),
        field("Closedat", 12, "Closed"),
        field("AssignTo", 0, "Assigned To"),
        *_lines("ContctName Company"),
        MODIFIED,
    ],
    "Note": [
        field("FormID", 15),
        *_lines("Record Subject"),
        field("NoteText", 4, "Note"),
        field("Author"),
        field("NoteDate", 12, "Date"),
        *_lines("NoteType NoteSource Status ShowP"),
    ],
    "Vendor": [
        field("FormID", 15),
        field("VendName", 0, "Vendor"),
        field("Grade", 99, "Grade"),
    ],
}

VALUES = {
    ("Account", "Region", None): ["North", "South"],
    ("Account", "District", "North"): ["Fjord", "Højland"],
    ("Account", "District", "South"): ["Delta", "São Tomé"],
}
"""Answers of ``FieldValue``: (object, field, value of the parent field)."""

CHILDREN = {
    "TRDOCMNT": "DOCID DOCNAME DOCTYPE CREATOR DOCPATH DOCSIZE",
    "WatchBy": "FullName Email",
    "ShipItem": "ItemName SerialNum",
}
"""Objects without a form; they are reached through their parents."""
