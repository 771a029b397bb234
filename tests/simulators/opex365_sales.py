"""Invented products, leads, opportunities with their process, cases, marketing lists."""


class SalesMaker:
    def __init__(self, org):
        self.org = org
        self.rng = org.rng
        self.sold = []

    def _any(self, table, number):
        ids = list(self.org.tables[table])
        return table, ids[number % len(ids)]

    def add_products(self, count):
        add = self.org.add
        group = add("uomschedule", name="Default Unit", baseuomname="Primary Unit")
        unit = add("uom", name="Primary Unit", quantity=1.0, uomscheduleid=("uomschedule", group), isschedulebaseuom=True)  # fmt: skip
        level = add("pricelevel", known="price_list", name="Prix France 2025", statuscode=100001, begindate="2025-01-01T00:00:00Z")  # fmt: skip
        products = []
        for number in range(count):
            structure = (1, 2, 3, 1)[number % 4]
            products.append(
                add(
                    "product",
                    name=f"Tour à métaux n° {number} ⌀",
                    productnumber=f"T-{number:03}",
                    productstructure=structure,
                    producttypecode=1,
                    price=1250.5 + number,
                    standardcost=800.0,
                    defaultuomid=("uom", unit),
                    pricelevelid=("pricelevel", level),
                    quantitydecimal=2,
                    statecode=(0, 0, 1, 2)[number % 4],
                    statuscode=(1, 1, 2, 0)[number % 4],
                    subjectid=("subject", self.org.known["subject"]),
                )  # fmt: skip
            )
            if structure == 2:
                continue  # a family has no price, and is not sold
            self.sold.append(products[-1])
            add("productpricelevel", pricelevelid=("pricelevel", level), productid=("product", products[-1]), uomid=("uom", unit), amount=1200.0, pricingmethodcode=1, quantitysellingcode=1, roundingpolicycode=1)  # fmt: skip
        if len(products) > 2:
            add("productassociation", productid=("product", products[2]), associatedproduct=("product", products[0]), quantity=2.0, productisrequired=1, uomid=("uom", unit))  # fmt: skip

    def add_leads(self, count):
        for number in range(count):
            state = (0, 0, 2, 1)[number % 4]
            status = (1, 2, 6, 3)[number % 4]
            self.org.add("lead", subject=None if number == 6 else f"Salon de l’usinage #{number} “offre”", firstname="Ælfgifu", lastname=f"Þórsdóttir {number}", fullname=f"Ælfgifu Þórsdóttir {number}", companyname="Þór ehf.", emailaddress1=f"lead{number}@thor.example", leadsourcecode=7, leadqualitycode=2, estimatedamount=9000.25, estimatedclosedate="2025-09-30", statecode=state, statuscode=status, address1_country="Ísland", donotbulkemail=number % 5 == 0, parentaccountid=self._any("account", number) if number % 3 == 0 else None)  # fmt: skip

    def qualify(self):
        """Let each qualified lead be what it became; the links are not always both there.

        The first: both links. The second: only the opportunity's. The third: a contact
        and no opportunity. The fourth: an account alone. Then again.
        """
        deals = list(self.org.tables["opportunity"])
        qualified = [key for key, row in self.org.tables["lead"].items() if row["statecode"] == 1]  # fmt: skip
        for number, key in enumerate(qualified):
            lead, deal = self.org.tables["lead"][key], deals[number % len(deals)]
            kind = number % 4
            if kind < 2:
                self.org.tables["opportunity"][deal]["originatingleadid"] = (
                    "lead",
                    key,
                )
            if kind == 0:
                lead["qualifyingopportunityid"] = ("opportunity", deal)
            lead["parentcontactid"] = self._any("contact", number) if kind < 3 else None
            lead["parentaccountid"] = self._any("account", number)
        self.org.known["qualified"] = qualified

    def add_deals(self, count):
        add, known = self.org.add, self.org.known
        competitor = add("competitor", known="competitor", name="Fräsen-Fritz", weaknesses="zu teuer")  # fmt: skip
        stages = self.org.known["sales_stages"]
        for number in range(count):
            state = (0, 0, 1, 2)[number % 4]
            status = (1, 2, 3, 741200001)[number % 4]
            customer = self._any("account" if number % 3 else "contact", number)
            krona = number % 5 == 3
            deal = add("opportunity", name=f"Valmont – lathe renewal {number} 🛠", customerid=customer, parentaccountid=customer if customer[0] == "account" else None, parentcontactid=customer if customer[0] == "contact" else self._any("contact", number), estimatedvalue=None if number == 5 else 112_500.5 + number, actualvalue=99_000.0 if state == 1 else None, estimatedclosedate="2025-10-31", actualclosedate="2025-02-28" if state else None, closeprobability=(10, 40, 100, 0)[number % 4], statecode=state, statuscode=status, stepname=f"{number % 3 + 1}-{('Qualify', 'Develop', 'Propose')[number % 3]}" if number % 6 != 5 else None, salesstage=number % 4 if number % 6 == 5 else None, description="Ligne 1\r\nLigne <2>", exchangerate=11.25 if krona else 1.0, transactioncurrencyid=("transactioncurrency", known["krona" if krona else "euro"]), ownerid=("team", known["team"]) if number % 7 == 0 else ("systemuser", known["siri"]))  # fmt: skip
            if number % 6 == 1:
                add("leadtoopportunitysalesprocess", bpf_name="Lead to Opportunity", opportunityid=("opportunity", deal), activestageid=("processstage", known["lead_stage"]), activestagestartedon="2025-02-01T10:00:00Z", processid=("workflow", known["lead_process"]))  # fmt: skip
            if number % 2 == 0:
                stage = stages[number // 2 % len(stages)]
                add("opportunitysalesprocess", bpf_name="Opportunity Sales Process", opportunityid=("opportunity", deal), activestageid=("processstage", stage), activestagestartedon="2025-01-15T10:00:00Z", completedon=None, traversedpath=",".join(stages[: stages.index(stage) + 1]), processid=("workflow", known["sales_process"]))  # fmt: skip
            if state == 2:
                self.org.link("opportunitycompetitors_association", deal, competitor)
            for line in range(number % 3):
                write_in = line == 1
                add("opportunityproduct", opportunityproductname="Montage, Ölwechsel & mehr" if write_in else None, productdescription="Montage, Ölwechsel & mehr" if write_in else None, isproductoverridden=write_in, productid=None if write_in else ("product", self.sold[number % len(self.sold)]), opportunityid=("opportunity", deal), quantity=1.5, priceperunit=250.0, extendedamount=375.0, lineitemnumber=line + 1)  # fmt: skip
        known["deal"] = next(iter(self.org.tables["opportunity"]))
        # Nobody but the platform's own forms fills the two that the customer is split into.
        last = self.org.tables["opportunity"][deal]
        last.update(parentaccountid=None, parentcontactid=None)

    def add_cases(self, count):
        process = self.org.known.get("case_process")
        stage = self.org.known.get("case_stage")
        for number in range(count):
            state = (0, 1, 2)[number % 3]
            case = self.org.add("incident", title=f"Broche bloquée – №{number}", ticketnumber=f"CAS-{number:05}-K2M8P4", description="Ne tourne plus.\r\nUrgent!", customerid=self._any("contact" if number % 2 else "account", number), prioritycode=1 + number % 3, caseorigincode=1, casetypecode=2, statecode=state, statuscode=(1, 5, 2000)[number % 3], caseage="3")  # fmt: skip
            if process and number % 4 == 0:
                self.org.add("phonetocaseprocess", incidentid=("incident", case), activestageid=("processstage", stage), processid=("workflow", process))  # fmt: skip
            if number == 0:
                self.org.known["case_first"] = case
            elif number == 1:
                row = self.org.tables["incident"][case]
                row.update(parentcaseid=("incident", self.org.known["case_first"]), customersatisfactioncode=2, severitycode=2, isescalated=True, escalatedon="2025-02-18T09:00:00Z", followupby="2025-02-21T09:00:00Z", resolveby="2025-02-22T09:00:00Z", emailaddress="atelier@valmont-outils.example", productid=self._any("product", 0))  # fmt: skip
            elif number == 2:
                # Cancelled: it has no resolution, only the day it was deactivated.
                self.org.tables["incident"][case].update(deactivatedon="2025-02-19T10:00:00Z")  # fmt: skip
        self.org.known["case"] = next(iter(self.org.tables["incident"]), None)
        self.org.add("entitlement", name="Wartung Plus", customerid=self._any("account", 0), startdate="2025-01-01", enddate="2025-12-31", allocationtypecode=0, totalterms=10.0, remainingterms=4.0, statecode=1, statuscode=1)  # fmt: skip

    def add_lists(self):
        static = self.org.add("list", known="list", listname="Vœux 2025", type=False, createdfromcode=2, membertype=2, membercount=9)  # fmt: skip
        self.org.add("list", listname="All lathes (dynamic)", type=True, createdfromcode=1, query="<fetch><entity name='account'/></fetch>")  # fmt: skip
        for contact in list(self.org.tables["contact"])[:9]:
            self.org.link("listcontact_association", static, contact)
        firms = self.org.add("list", listname="Firmen", type=False, createdfromcode=1)
        for account in list(self.org.tables["account"])[:3]:
            self.org.link("listaccount_association", firms, account)
        self.org.add("campaign", known="campaign", name="Salon d’automne", codename="CMP-1", typecode=3, statuscode=2)  # fmt: skip
