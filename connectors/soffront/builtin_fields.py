"""Fields that are known to come with the product; every other one is the customer's own."""

EVERYWHERE = ("FormID", "IsDeleted", "LastMod")

STOCK = {
    name: (*EVERYWHERE, *fields.split())
    for name, fields in {
        "account": """AcctID Company Status Address1 City AccState ZipCode Country
            Industry MainPh""",
        "contact": """Contact FName LName FullName MrMs JobTitle ConRole Company Status
            email BPhone Mobile Fax AcctPhone Address1 Address2 City StatePr ZipPost
            Country Location AddlInfo Nletstat RelNotif DownNotif PortalAcc PAccessTyp
            Resellee Pswd""",
        "ticket": """TicketID Synopsis Detail Status Severity Priority Urgency AssignTo
            TQueue CallTime DueDate SpptResDat ResolvDT Closedat Cat1 Category Cat2
            Product PVersion Environ ContctName EndUser Account Company Solution Source
            Risk BusImpact Classifica SerialNum SiteGroup BrowserVer Remark Comment""",
        "defect": """DefectID Synopsis Details Steps Status CateGory SubCategry DefType
            SubDate FixDate CertFix Environ Developr Submitter QAPerson DPublic""",
        "note": """Record Subject NoteText Author NoteDate NoteType NoteSource Status
            ShowP RCode""",
        "leads": """FullName Company Campaign Address1 City AccState ZipCode Email
            MainPh""",
        "trdocmnt": "DOCID DOCNAME DOCTYPE CREATOR DOCPATH DOCSIZE",
        "alerts": "ID DisText URLText AlertDate Details",
    }.items()
}
