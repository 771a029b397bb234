"""What hangs on leads that were qualified: every kind of history and file there is."""

from .opex365_activities import PNG, ActivityMaker, blob


class LeadHistoryMaker:
    """Qualifying leaves history where it is: on a lead that is a deal by now."""

    def __init__(self, org):
        self.org = org
        self.history = ActivityMaker(org)

    def add(self):
        for number, lead in enumerate(self.org.known["qualified"][:4]):
            self._add_to(("lead", lead), number)

    def _add_to(self, lead, number):
        add, known = self.org.add, self.org.known
        jonas = ("systemuser", known["jonas"])
        mail = add("email", subject=f"Erstkontakt {number}", description="<p>Guten Tag</p>", directioncode=True, statecode=1, statuscode=3, senton="2025-01-10T09:00:00Z", messageid=f"<lead.{number}@mail.opexdemo.example>", regardingobjectid=lead)  # fmt: skip
        self.history._party(mail, "email", 1, jonas)
        self.history._party(mail, "email", 2, lead)
        self.history._mirror(mail, "email", lead)
        self.history._attach(mail, "email", add("attachment", filename="a.pdf", filesize=9, body=blob(9)), "a.pdf", blob(9), 1, None)  # fmt: skip
        call = add("phonecall", subject=f"Anruf {number}", statecode=1, statuscode=2, actualend="2025-01-11T09:00:00Z", actualdurationminutes=5, regardingobjectid=lead)  # fmt: skip
        self.history._party(call, "phonecall", 2, lead, addressused=None)
        meeting = add("appointment", subject=f"Vorführung {number}", statecode=3, statuscode=5, scheduledstart="2025-01-12T09:00:00Z", scheduledend="2025-01-12T10:00:00Z", regardingobjectid=lead)  # fmt: skip
        self.history._party(meeting, "appointment", 5, lead)
        add("task", subject=f"Prospekt senden {number}", statecode=0, statuscode=2, scheduledend="2025-01-13T09:00:00Z", regardingobjectid=lead)  # fmt: skip
        add("annotation", subject=f"Messe {number}", notetext="<p>Sah die Maschine</p>", objectid=lead, objecttypecode="lead")  # fmt: skip
        add("annotation", subject=f"Visitenkarte {number}", isdocument=True, filename="card.png", mimetype="image/png", documentbody=PNG, filesize=len(PNG), objectid=lead, objecttypecode="lead")  # fmt: skip
        add("post", text=f"Sehr interessiert {number}", source=2, type=7, regardingobjectid=lead)  # fmt: skip
