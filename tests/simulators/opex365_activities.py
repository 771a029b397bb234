"""Invented activities with their parties, notes and attachments."""

import hashlib
from functools import lru_cache

_MAIL = '<html><head><style>p{{}}</style></head><body><p>Dear {name},</p><p>our offer № {number} &amp; more.</p>{more}</body></html>'  # fmt: skip
BLANKS = {5: None, 6: "  ", 7: "\u00a0"}
"""Numbers of activities that nobody gave a subject: it may be null [recorded]."""
PICTURE = (
    "/api/data/{version}/msdyn_richtextfiles({key})/msdyn_imageblob/$value?size=full"
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


@lru_cache(maxsize=256)
def blob(size, word="opex"):
    """Return ``size`` bytes that look like nothing, the same on every call."""
    seed = hashlib.sha256(word.encode()).digest()
    return (seed * (size // len(seed) + 1))[:size]


class ActivityMaker:
    def __init__(self, org):
        self.org = org
        self.rng = org.rng
        self.number = 0

    def _regarding(self):
        """Return what an activity is about: mostly a deal, at times nothing at all."""
        self.number += 1
        tables = ("opportunity", "contact", "account", "incident", None, "lead")
        table = tables[self.number % len(tables)]
        if table not in self.org or not self.org.tables[table]:
            table = table and "contact"
        if table is None:
            return None
        ids = list(self.org.tables[table])
        return table, ids[self.number % len(ids)]

    def _party(self, activity, kind, role, target=None, **values):
        if target and "addressused" not in values:
            row = self.org.tables[target[0]].get(target[1], {})
            values["addressused"] = row.get("emailaddress1") or row.get(
                "internalemailaddress"
            )
        # In the table itself every activity is an activitypointer.
        return self.org.add("activityparty", activityid=("activitypointer", activity), participationtypemask=role, partyid=target, ownerid=("systemuser", self.org.known["jonas"]), **values)  # fmt: skip

    def _mirror(self, activity, kind, regarding):
        """Roles 8 and 9 repeat the regarding record and the owner."""
        if regarding:
            self._party(activity, kind, 8, regarding, addressused=None)
        self._party(activity, kind, 9, ("systemuser", self.org.known["jonas"]), addressused=None)  # fmt: skip

    def add_emails(self, count):
        contacts = list(self.org.tables["contact"])
        known = self.org.known
        jonas = ("systemuser", known["jonas"])
        logo = self.org.add("attachment", known="logo", filename="logo.png", filesize=len(PNG), mimetype="image/png", body=PNG)  # fmt: skip
        for number in range(count):
            outgoing = number % 2 == 0
            state, status = ((1, 3), (1, 4), (1, 3), (0, 1), (1, 4))[number % 5]
            if number == 7:
                state, status = 0, 8
            regarding = self._regarding()
            pictured = number % 6 == 0
            more = '<img src="cid:logo01">' if pictured else ""
            mail = self.org.add("email", subject=None if number == 9 else f"Offer 2025-{number} – “élan” 📧", description=_MAIL.format(name="Ms Astruc", number=number, more=more), directioncode=outgoing, statecode=state, statuscode=status, senton="2025-02-18T10:22:41Z" if state else None, actualend="2025-02-18T10:22:41Z" if state else None, messageid=f"<2025.{number}@mail.opexdemo.example>" if state else None, sender="jonas@opexdemo.example", regardingobjectid=regarding, attachmentcount=2 if pictured else 0)  # fmt: skip
            person = ("contact", contacts[number % len(contacts)])
            self._party(mail, "email", 1, jonas if outgoing else person)
            self._party(mail, "email", 2, person if outgoing else jonas)
            self._party(mail, "email", 3, None, addressused="achats@valmont-outils.example", unresolvedpartyname="achats@valmont-outils.example")  # fmt: skip
            if number % 4 == 0:
                self._party(mail, "email", 4, ("queue", known["queue"]), addressused="sales@opexdemo.example")  # fmt: skip
            if number % 6 == 1:
                self._party(mail, "email", 3, ("contact", self.org.new_id()), addressused="geloescht@firma.example", ispartydeleted=number == 1)  # fmt: skip
            if number % 8 == 3:
                self._party(mail, "email", 2, ("contact", known["oskar"]), addressused="oskar@firma.example")  # fmt: skip
            self._mirror(mail, "email", regarding)
            if pictured:
                self._attach(mail, "email", logo, "logo.png", PNG, 2, "logo01")
                body = blob(48_213, f"offer{number}")
                own = self.org.add("attachment", filename=f"offer-{number} №.pdf", filesize=len(body), mimetype="application/pdf", body=body)  # fmt: skip
                self._attach(mail, "email", own, f"offer-{number} №.pdf", body, 1, None)
            known.setdefault("mail", mail)
        lost = self.org.add("attachment", filename="virus.exe", filesize=0, body=None)
        self._attach(known["mail"], "email", lost, "virus.exe", None, 3, None)
        self.org.add("activitymimeattachment", filename="template.png", filesize=4, objectid=("template", self.org.new_id()), objecttypecode="template")  # fmt: skip

    def _attach(self, activity, kind, blob_id, name, body, number, content_id):
        size = len(body) if body else 0
        self.org.add("activitymimeattachment", filename=name, filesize=size, mimetype="image/png" if content_id else "application/pdf", body=body, objectid=("activitypointer", activity), activityid=("activitypointer", activity), objecttypecode=kind, attachmentnumber=number, attachmentcontentid=content_id, attachmentid=("attachment", blob_id))  # fmt: skip

    def add_calls(self, count):
        contacts = list(self.org.tables["contact"])
        for number in range(count):
            state = (1, 1, 0, 2)[number % 4]
            regarding = self._regarding()
            call = self.org.add("phonecall", subject=BLANKS.get(number, f"Rückruf {number} ☎"), description="Il n’a\r\npas répondu", phonenumber="+33 4 76 00 11 22", directioncode=number % 2 == 0, leftvoicemail=number % 5 == 0, actualdurationminutes=15, statecode=state, statuscode=(2, 4, 1, 3)[number % 4], scheduledend="2025-03-10T09:00:00Z", actualend="2025-02-20T14:00:00Z" if state == 1 else None, regardingobjectid=regarding)  # fmt: skip
            self._party(call, "phonecall", 1, ("systemuser", self.org.known["jonas"]), addressused=None)  # fmt: skip
            self._party(call, "phonecall", 2, ("contact", contacts[(number * 3) % len(contacts)]), addressused=None)  # fmt: skip
            self._mirror(call, "phonecall", regarding)

    def add_tasks(self, count):
        for number in range(count):
            state = (0, 1, 0, 2)[number % 4]
            regarding = self._regarding()
            task = self.org.add("task", subject=BLANKS.get(number, f"Préparer l’offre {number}"), description=None if number % 2 else "- a\r\n- b", statecode=state, statuscode=(2, 5, 7, 6)[number % 4], scheduledend=None if number == 2 else "2025-03-10T22:30:00Z", actualend="2025-02-20T14:00:00Z" if state == 1 else None, percentcomplete=100 if state == 1 else 0, prioritycode=number % 3, regardingobjectid=regarding)  # fmt: skip
            self._mirror(task, "task", regarding)

    def add_meetings(self, count):
        contacts = list(self.org.tables["contact"])
        jonas = ("systemuser", self.org.known["jonas"])
        for number in range(count):
            state, status = ((3, 5), (1, 3), (2, 4), (0, 2))[number % 4]
            day = number % 5 == 4
            regarding = self._regarding()
            meeting = self.org.add("appointment", subject=BLANKS.get(number, f"会議 {number} / Besuch"), description="<p>Bring the <b>keys</b></p>", location="Salle n°3 ☕", statecode=state, statuscode=status, scheduledstart="2025-03-06T23:00:00Z" if day else "2025-03-07T09:30:00Z", scheduledend="2025-03-07T23:00:00Z" if day else "2025-03-07T10:15:00Z", scheduleddurationminutes=1440 if day else 45, isalldayevent=day, globalobjectid=f"040000008200E{number:04}", regardingobjectid=regarding, instancetypecode=0)  # fmt: skip
            self._party(meeting, "appointment", 7, jonas)
            self._party(meeting, "appointment", 5, ("contact", contacts[number % len(contacts)]))  # fmt: skip
            self._party(meeting, "appointment", 6, None, addressused="extern@example.net", unresolvedpartyname="Externe (à confirmer)")  # fmt: skip
            self._mirror(meeting, "appointment", regarding)
        self.add_series(contacts)

    def add_series(self, contacts):
        """Two series: the platform keeps each instance as an appointment of its own.

        Every Monday at ten in Lisbon, over the change of the clock; the third was moved,
        the fourth taken out. The other is one that few calendars know.
        """
        master = self.org.add("recurringappointmentmaster", subject="Jour fixe", recurrencepatterntype=1, interval=1, daysofweekmask=2, instance=0, isweekdaypattern=False, patternstartdate="2025-03-10T00:00:00Z", patternendtype=1, starttime="2025-03-10T10:00:00Z", endtime="2025-03-10T10:30:00Z", deletedexceptionslist="2025-03-31")  # fmt: skip
        for code, day, hour in ((2, "10", 10), (2, "17", 10), (3, "25", 15)):
            self._add_instance(master, code, f"2025-03-{day}T{hour}", contacts)
        self._add_instance(master, 2, "2025-04-07T09", contacts)
        odd = self.org.add("recurringappointmentmaster", subject="Letzter Werktag", recurrencepatterntype=2, interval=1, daysofweekmask=62, instance=5, isweekdaypattern=False, patternstartdate="2025-03-31T00:00:00Z", patternendtype=2, occurrences=2, starttime="2025-03-31T13:00:00Z", endtime="2025-03-31T13:30:00Z")  # fmt: skip
        self._add_instance(odd, 2, "2025-03-31T13", contacts)
        self._add_instance(odd, 2, "2025-04-30T13", contacts)

    def _add_instance(self, master, code, hour, contacts):
        subject = self.org.tables["recurringappointmentmaster"][master]["subject"]
        meeting = self.org.add("appointment", subject=subject, statecode=3, statuscode=5, scheduledstart=f"{hour}:00:00Z", scheduledend=f"{hour}:30:00Z", scheduleddurationminutes=30, isalldayevent=False, seriesid=master, instancetypecode=code)  # fmt: skip
        self._party(meeting, "appointment", 7, ("systemuser", self.org.known["jonas"]))
        self._party(meeting, "appointment", 5, ("contact", contacts[0]))

    def add_letters(self):
        company = ("account", self.org.known["valmont"])
        letter = self.org.add("letter", subject="Mahnung", description="Sehr geehrte Damen und Herren", statecode=1, statuscode=2, regardingobjectid=company)  # fmt: skip
        self._party(letter, "letter", 2, company, addressused=None)
        if "campaignresponse" in self.org:
            response = self.org.add("campaignresponse", subject="Rappelez-moi", lastname="Prospect", statecode=0, statuscode=1, regardingobjectid=("campaign", self.org.known["campaign"]))  # fmt: skip
            self._party(response, "campaignresponse", 11, company, addressused=None)
        call = self.org.add("phonecall", known="call_of_nobody", subject="Rückruf ohne Bezug", description="Falsch verbunden", statecode=1, statuscode=2, actualend="2025-02-20T14:00:00Z")  # fmt: skip
        self._party(call, "phonecall", 1, ("systemuser", self.org.known["jonas"]), addressused=None)  # fmt: skip
        self.org.add("fax", subject="Fax von 1998", faxnumber="0049", statecode=1, statuscode=2, regardingobjectid=company)  # fmt: skip

    def add_closings(self):
        if "opportunity" in self.org:
            for number, row in enumerate(self.org.rows("opportunity")):
                if row["statecode"]:
                    for again in range(1 + number % 2):
                        self.org.add("opportunityclose", subject="Opportunity closed", opportunityid=("opportunity", row["opportunityid"]), opportunitystatecode=row["statecode"], opportunitystatuscode=3 if row["statecode"] == 1 else 4, actualrevenue=row["actualvalue"], actualend=f"2025-02-2{again + 6}T15:30:00Z", description="Trop cher, hélas" if again or number % 2 == 0 else "first try", competitorid=("competitor", self.org.known["competitor"]) if row["statecode"] == 2 else None, statecode=1, statuscode=2)  # fmt: skip
        if "incident" in self.org:
            for row in self.org.rows("incident"):
                if row["statecode"] == 1:
                    self.org.add("incidentresolution", subject="Huile changée", incidentid=("incident", row["incidentid"]), resolutiontypecode=5, timespent=30, actualend="2025-02-20T14:00:00Z", statecode=1, statuscode=2)  # fmt: skip

    def picture(self, name="Bildschirmfoto.png", version="v9.0"):
        """Return the address of a picture within a text, as the editor writes it."""
        key = self.org.add("msdyn_richtextfile", msdyn_name=name, msdyn_imageblob=PNG)
        self.org.known.setdefault("picture", key)
        return PICTURE.format(version=version, key=key)

    def _add_pictured(self):
        """Texts with pictures: of a note, an appointment, an account, a mail."""
        add, known = self.org.add, self.org.known
        contact = ("contact", next(iter(self.org.tables["contact"])))
        text = f'<div class="ck-content"><p>Siehe <img loading="lazy" src="{self.picture()}" style="height:61px"></p></div>'  # fmt: skip
        known["pictured_note"] = add("annotation", subject="Schaden", notetext=text, objectid=contact, objecttypecode="contact")  # fmt: skip
        text = f'<p><img src="{self.picture(version="v9.1")}"></p>'
        known["pictured_meeting"] = add("appointment", subject="Ortstermin", description=text, statecode=3, statuscode=5, scheduledstart="2025-03-07T09:30:00Z", scheduledend="2025-03-07T10:15:00Z", regardingobjectid=contact)  # fmt: skip
        self.org.tables["account"][known["valmont"]]["description"] = f'<p>Anfahrt: <img src="{self.picture("Plan.png")}"></p>'  # fmt: skip
        lost = PICTURE.format(version="v9.0", key=self.org.new_id())
        known["lost_picture"] = add("annotation", subject="Altes Bild", notetext=f'<p>weg: <img src="{lost}"></p>', objectid=contact, objecttypecode="contact")  # fmt: skip

    def add_notes(self, count):
        known = self.org.known
        self._add_pictured()
        contacts = list(self.org.tables["contact"])
        for number in range(count):
            target = ("contact", contacts[number % len(contacts)])
            if number % 5 == 1:
                target = ("email", known["mail"])
            elif number % 5 == 2 and "deal" in known:
                target = ("opportunity", known["deal"])
            elif number == 3:
                target = None  # an orphan
            elif number == 8 and "machine" in known:
                target = ("opex_machine", known["machine"])
            values = {}
            if number % 3 == 0:
                body = b"hello world" if number == 0 else blob(3000 + number, f"n{number}")  # fmt: skip
                values = {"isdocument": True, "filename": "visit.txt" if number == 0 else f"Plan {number} – Ü.dwg", "mimetype": "text/plain" if number == 0 else "application/octet-stream", "documentbody": body, "filesize": len(body)}  # fmt: skip
            if number == 4:
                # Written by a flow, in nobody's name.
                values["createdby"] = values["modifiedby"] = ("systemuser", known["integration"])  # fmt: skip
                values["ownerid"] = ("systemuser", known["app"])
            note = self.org.add("annotation", subject="Site visit" if number % 2 == 0 else None, notetext="Two lathes, second one out of service.\r\n<ok>" if number % 4 else "<p>Two <b>lathes</b></p>", objectid=target, objecttypecode=target[0] if target else None, **values)  # fmt: skip
            if number == 0:
                known["note"] = note
        big = blob(9_000_000, "big")
        known["big_note"] = self.org.add("annotation", subject="Scan", isdocument=True, filename="Scan 600 dpi.tif", mimetype="image/tiff", documentbody=big, filesize=len(big), objectid=("contact", contacts[0]), objecttypecode="contact")  # fmt: skip
        known["empty_note"] = self.org.add("annotation", subject="Blocked", isdocument=True, filename="blocked.exe", filesize=0, objectid=("contact", contacts[0]), objecttypecode="contact")  # fmt: skip

    def add_posts(self):
        """What people wrote on the timeline, with an answer, and what the server wrote."""
        known = self.org.known
        contact = next(iter(self.org.tables["contact"]))
        siri = ("systemuser", known["siri"])
        post = self.org.add("post", known="post", text="Ruft lieber nachmittags an", source=2, type=7, regardingobjectid=("contact", contact), createdby=siri)  # fmt: skip
        self.org.add("postcomment", text="Notiert 👍", postid=("post", post), createdby=siri)  # fmt: skip
        self.org.add("post", text='<pi id="2" icon="0"><ps><p type="1" otc="2" id="x">Contact</p></ps></pi>', source=1, type=7, regardingobjectid=("contact", contact), createdby=("systemuser", known["system"]))  # fmt: skip
