"""Invented users, teams, companies and contacts of a Dataverse organization."""

NAMES = (
    ("Mireille", "Astruc"), ("Oskar", "Lindqvist"), ("Siobhán", "O'Brien"), ("伟", "张"),
    ("أحمد", "الخطيب"), ("Zoë", "Müller-Lüdenscheidt"), ("नेहा", "शर्मा"), ("Jean🚀", "D’Arc"),
    ("José Mª", "Núñez Ágreda"), (None, "Plūme"), ("Łukasz", "Żółć"), ("X", "%_[x]"),
    ("Ngọc", "Nguyễn"), ("Bobby", "<b>Tables</b>"), ("Ana", "Sousa"), ("Paul", "Weiß"),
)  # fmt: skip
COMPANIES = (
    "Valmont Outils", "O'Reilly & Søn ApS", "株式会社サンプル", "شركة المثال", "Größe GmbH & Co. KG",
    "100% _Drehteile_ [alt]", "Émile's \"Café\"", "Acme", "ACME", "Nordic Lathes AB",
    "Przykład sp. z o.o.", "Tab\tand\nline", "Ωmega Α.Ε.", "A" * 160,
)  # fmt: skip
MIDDLE = {0: "Claire Élise", 14: "Maria"}
"""Middle names, which most orders of names leave out."""
CITIES = (
    ("Grenoble", "38000", "France"), ("Göteborg", "411 03", "Sweden"), ("北京", "100000", "China"),
    ("دمشق", None, "Syria"), ("Köln", "50667", "GERMANY"), ("São Paulo", "01000-000", "Brasil"),
)  # fmt: skip


def full_name(code, first, middle, last):
    """Return a name in the order that the organization chose (fullnameconventioncode)."""
    initial = f"{middle[0]}." if middle else None
    parts = {
        0: (last and f"{last},", first),
        2: (last and f"{last},", first, initial),
        3: (first, initial, last),
        4: (last and f"{last},", first, middle),
        5: (first, middle, last),
        6: (last, first),
    }.get(code, (first, last))
    return " ".join(filter(None, parts)).strip(",") or None


class PeopleMaker:
    def __init__(self, org, name_order=1):
        self.org = org
        self.rng = org.rng
        self.name_order = name_order

    def add_settings(self):
        """Currencies, business units, users of every kind, teams, queues."""
        add, known = self.org.add, self.org.known
        add("transactioncurrency", known="euro", currencyname="Euro", isocurrencycode="EUR", currencysymbol="€", exchangerate=1.0, currencyprecision=2)  # fmt: skip
        add("transactioncurrency", known="krona", currencyname="Svensk krona", isocurrencycode="SEK", currencysymbol="kr", exchangerate=11.25, currencyprecision=2)  # fmt: skip
        add("organization", known="organization", name="opexdemo", basecurrencyid=("transactioncurrency", known["euro"]), languagecode=1033, expirechangetrackingindays=7, maxuploadfilesize=5_242_880, fullnameconventioncode=self.name_order)  # fmt: skip
        root = add("businessunit", known="root", name="OPEX Demo")
        add("businessunit", name="Nord / 北", parentbusinessunitid=("businessunit", root))  # fmt: skip
        self._add_users(("businessunit", root))
        add("team", known="team", name="Nordic Sales", teamtype=0, administratorid=("systemuser", known["siri"]), businessunitid=("businessunit", root), isdefault=True)  # fmt: skip
        add("team", known="orphan_team", name="Équipe sans chef", teamtype=0, businessunitid=("businessunit", root))  # fmt: skip
        self.org.link("teammembership_association", known["team"], known["siri"])
        self.org.link("teammembership_association", known["team"], known["jonas"])
        add("queue", known="queue", name="Sales inbox", emailaddress="sales@opexdemo.example", queueviewtype=0)  # fmt: skip
        add("subject", known="subject", title="Machines")
        add("subject", title="Lathes", parentsubject=("subject", known["subject"]))
        add("territory", known="territory", name="Alpes")
        for name, level in (("Salesperson", 1), ("System Administrator", 1)):
            role = add("role", name=name, businessunitid=("businessunit", root), ismanaged=bool(level))  # fmt: skip
            self.org.link("systemuserroles_association", known["jonas"], role)

    def _add_users(self, unit):
        def user(known, first, last, **values):
            mail = f"{known}@opexdemo.example"
            values = {"internalemailaddress": mail, "domainname": mail, "accessmode": 0, "islicensed": True, **values}  # fmt: skip
            return self.org.add("systemuser", known=known, firstname=first, lastname=last, fullname=f"{first} {last}".strip(), businessunitid=unit, deletedstate=0, **values)  # fmt: skip

        user("jonas", "Jonas", "Brandt")
        user("siri", "Siri", "Åkesson", parentsystemuserid=("systemuser", self.org.known["jonas"]))  # fmt: skip
        user("gone", "Günther", "Gegangen", isdisabled=True, islicensed=False)
        user("app", "#", "crm-migration", applicationid=self.org.new_id(), islicensed=False, accessmode=4, internalemailaddress="crm-migration@onmicrosoft.com")  # fmt: skip
        for number in range(4):
            name = f"# PlatformService{number}"
            user(f"service{number}", name, "", applicationid=self.org.new_id(), islicensed=False, accessmode=4, internalemailaddress=f"PlatformService{number}@onmicrosoft.com")  # fmt: skip
        nobody = {"internalemailaddress": None, "domainname": "", "islicensed": False, "isdisabled": True}  # fmt: skip
        user("system", "", "SYSTEM", accessmode=3, **nobody)
        user("integration", "", "INTEGRATION", **nobody)
        # A service account that somebody made out of an ordinary one.
        user("import", "Import", "Robot", accessmode=4, islicensed=False)

    def owner(self):
        known = self.org.known
        return self.rng.choice(
            (
                ("systemuser", known["jonas"]),
                ("systemuser", known["siri"]),
                ("systemuser", known["gone"]),
                ("team", known["team"]),
            )  # fmt: skip
        )

    def _address(self):
        city, code, country = self.rng.choice(CITIES)
        street = f"{self.rng.randrange(1, 99)}, rue de l’Église"
        return {
            "address1_line1": street,
            "address1_city": city,
            "address1_postalcode": code,
            "address1_country": country,
            "address1_composite": f"{street}\r\n{code or ''} {city}\r\n{country}",
            "address1_addressid": self.org.new_id(),
            "address2_addressid": self.org.new_id(),
            "address1_county": "Isère" if city == "Grenoble" else None,
            "address1_addresstypecode": 3,
            **self._second_address(),
        }

    def _second_address(self):
        """Some have a place to deliver to as well."""
        if self.rng.randrange(4):
            return {}
        return {"address2_name": "Lager", "address2_line1": "Hafen 1", "address2_city": "Köln"}  # fmt: skip

    def add_further_addresses(self):
        """The rows that the platform keeps of each address, and some that people added.

        Two or three come with every account and contact, filled or not; what they say
        stands on the account or contact itself.
        """
        for table, count in (("account", 2), ("contact", 3)):
            for key, row in self.org.tables[table].items():
                for number in range(1, count + 1):
                    of_record = {
                        part: row.get(f"address{number}_{part}")
                        for part in ("name", "line1", "city", "postalcode", "country")
                    }
                    own = self.org.new_id()
                    row[f"address{number}_addressid"] = own
                    self.org.add("customeraddress", id=own, addressnumber=number, parentid=(table, key), objecttypecode=table, **of_record)  # fmt: skip
        accounts, contacts = (list(self.org.tables[t]) for t in ("account", "contact"))
        shared = {"line1": "Ø-havnen 7", "line3": "Tor 4", "city": "Århus", "postalcode": "8000", "country": "Danmark"}  # fmt: skip
        self.org.known["address_bill"] = self.org.add("customeraddress", name="Buchhaltung", addressnumber=3, addresstypecode=1, parentid=("account", accounts[0]), telephone1="+45 86 00 00 01", telephone2="+45 86 00 00 02", primarycontactname="Frau Ólafs", shippingmethodcode=2, county="Midtjylland", **shared)  # fmt: skip
        self.org.known["address_ship"] = self.org.add("customeraddress", name=None, addresstypecode=2, parentid=("account", accounts[0]), line1="Kai 1", city="Köln", country="GERMANY")  # fmt: skip
        self.org.known["address_home"] = self.org.add("customeraddress", name="Ferienhaus", addressnumber=4, parentid=("contact", contacts[0]), city="Göteborg", country="Sweden")  # fmt: skip
        self.org.add("customeraddress", known="address_empty", addressnumber=5, parentid=("contact", contacts[0]))  # fmt: skip

    def add_companies(self, count):
        ids = []
        for number in range(count):
            name = COMPANIES[number % len(COMPANIES)]
            name = name if number < len(COMPANIES) else f"{name[:150]} {number}"
            parent = ids[0] if ids and number % 5 == 4 else None
            ids.append(
                self.org.add(
                    "account",
                    name=name,
                    accountnumber=f"K{number:05}",
                    emailaddress1=f"info{number}@firma{number}.example",
                    telephone1="+33 4 76 00 11 22",
                    websiteurl="www.valmont-outils.example",
                    industrycode=self.rng.choice((1, 7, 33, 741200007)),
                    revenue=1_500_000.5,
                    numberofemployees=self.rng.randrange(1, 900),
                    customertypecode=3,
                    description="First line\r\nsecond line" if number % 3 else None,
                    donotbulkemail=number % 4 == 1,
                    parentaccountid=("account", parent) if parent else None,
                    ownerid=self.owner(),
                    opex_segment=741200000 + number % 3,
                    territoryid=("territory", self.org.known["territory"]),
                    yominame=name,
                    marketcap=9_000_000.0 if number == 3 else None,
                    createdby=("systemuser", self.org.known["system"])
                    if number == 5
                    else ("systemuser", self.org.known["jonas"]),
                    entityimage=b"\x89PNG-thumb" if number == 0 else None,
                    **self._address(),
                )  # fmt: skip
            )
        self.org.known["valmont"] = ids[0]
        contract = b"%PDF-1.7 contract \xf0\x9f\x93\x84" * 40
        self.org.tables["account"][ids[0]].update(opex_contract=contract, opex_contract_name="Vertrag №1.pdf")  # fmt: skip
        merged = self.org.tables["account"][ids[7]]
        merged.update(merged=True, statecode=1, statuscode=2, masterid=("account", ids[8]))  # fmt: skip

    def add_contacts(self, count):
        companies = list(self.org.tables["account"])
        ids = []
        for number in range(count):
            first, last = NAMES[number % len(NAMES)]
            last = last if number < len(NAMES) else f"{last} {number}"
            company = ("account", companies[number % len(companies)])
            if number == 5:
                company = ("contact", ids[0])  # a person below a person
            elif number % 9 == 8:
                company = None
            mail = f"p{number}@firma{number % 7}.example"
            ids.append(
                self.org.add(
                    "contact",
                    firstname=first,
                    lastname=last,
                    middlename=MIDDLE.get(number),
                    fullname=full_name(
                        self.name_order, first, MIDDLE.get(number), last
                    ),
                    yomifullname=full_name(
                        self.name_order, first, MIDDLE.get(number), last
                    ),
                    emailaddress1=None
                    if number == 1
                    else "no mail!"
                    if number == 3
                    else mail,
                    telephone1=None if number == 1 else "+33 4 76 00 11 22",
                    mobilephone="0171/ 99" if number % 4 == 0 else None,
                    jobtitle="Achat & Logistique",
                    parentcustomerid=company,
                    birthdate="1981-11-02" if number % 3 == 0 else None,
                    gendercode=1 + number % 2,
                    leadsourcecode=1,
                    preferredcontactmethodcode=2 if number % 2 else 1,
                    donotemail=number % 6 == 1,
                    donotbulkemail=number % 6 == 2,
                    donotphone=number == 8,
                    telephone2="+33 4 76 00 11 99" if number == 2 else None,
                    department="Einkauf" if number == 2 else None,
                    statecode=int(number == 1),
                    statuscode=2 if number == 1 else 1,
                    ownerid=self.owner(),
                    description="💬 très long " * 900 if number == 2 else None,
                    adx_identity_passwordhash="AQAAAAEAACcQ-secret-hash",
                    governmentid="1 81 11 38 000 001",
                    opex_options="1,4" if number % 4 == 0 else None,
                    opex_loyal=number % 2 == 0,
                    **self._address(),
                )  # fmt: skip
            )
        self.org.known["mireille"], self.org.known["oskar"] = ids[:2]
        rows = self.org.tables["contact"]
        rows[ids[1]]["ownerid"] = ("team", self.org.known["team"])
        rows[ids[4]].update(fullname=None, firstname=None, lastname=None)
        rows[ids[6]].update(merged=True, statecode=1, statuscode=2, masterid=("contact", ids[0]))  # fmt: skip
        self.org.tables["account"][companies[0]]["primarycontactid"] = ("contact", ids[0])  # fmt: skip
        for one, other, way in ((ids[0], companies[2], True), (companies[2], ids[0], False)):  # fmt: skip
            kinds = ("contact", "account") if way else ("account", "contact")
            self.org.add("connection", name="Freie Beraterin", record1id=(kinds[0], one), record2id=(kinds[1], other), record1objecttypecode=2 if way else 1, record2objecttypecode=1 if way else 2, ismaster=way)  # fmt: skip
