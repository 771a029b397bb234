"""What becomes of a contact that is written down a second time."""

import unicodedata

from duplicates_names import LEGAL_SPELLINGS, MAILBOXES, NICKNAMES

EXPANDED = (
    ("ä", "ae"),
    ("ö", "oe"),
    ("ü", "ue"),
    ("ß", "ss"),
    ("ø", "oe"),
    ("å", "aa"),
)


class Copies:
    """Writes an entity down again: ``copy`` returns it changed, and says how."""

    def __init__(self, people):
        self.people, self.chance = people, people.chance

    def copy(self, entity):
        ways = self.of_companies if entity["is_company"] else self.of_people
        again = dict(entity)
        while True:
            kind, way = self.chance.choice(ways)
            if getattr(self, way)(again) is not False:
                break
        if self.chance.random() < 0.3:
            self.lose_some(again)
        return {**again, "kind": kind}

    of_people = (
        ("exact", "leave"),
        ("typo in the name", "mistype"),
        ("typo in the name", "mistype"),
        ("nickname", "call_by_nickname"),
        ("nickname", "call_by_nickname"),
        ("married name", "marry"),
        ("first and last name swapped", "swap"),
        ("umlauts and accents", "transliterate"),
        ("umlauts and accents", "transliterate"),
        ("initial", "abbreviate"),
        ("title or middle name", "add_title"),
        ("empty fields", "lose_much"),
        ("another e-mail", "change_email"),
        ("moved", "move"),
        ("typo in the e-mail", "mistype_email"),
    )
    of_companies = (
        ("exact", "leave"),
        ("legal form", "change_legal"),
        ("legal form", "change_legal"),
        ("legal form dropped", "drop_legal"),
        ("typo in the name", "mistype"),
        ("umlauts and accents", "transliterate"),
        ("capitals and signs", "shout"),
        ("empty fields", "lose_much"),
        ("another mailbox", "change_mailbox"),
        ("tax number written differently", "rewrite_vat"),
        ("web page written differently", "rewrite_website"),
        ("moved", "move"),
    )

    # -- both --------------------------------------------------------------------

    def leave(self, again):
        pass

    def mistype(self, again):
        again["name"] = self.mistyped(again["name"])

    def mistyped(self, text):
        """One slip of the finger: a letter lost, doubled, exchanged, or another one."""
        places = [n for n, letter in enumerate(text) if letter.isalpha() and n]
        at = self.chance.choice(places)
        kind = self.chance.randrange(4)
        if kind == 0:
            return text[:at] + text[at + 1 :]
        if kind == 1:
            return text[:at] + text[at] + text[at:]
        if kind == 2 and at + 1 < len(text) and text[at + 1].isalpha():
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        return text[:at] + self.chance.choice("aeioustnrl") + text[at + 1 :]

    def transliterate(self, again):
        name = again["name"]
        if name.isascii():
            return False
        if self.chance.random() < 0.6:
            for one, two in EXPANDED:
                name = name.replace(one, two).replace(one.upper(), two.title())
        name = name.replace("ł", "l").replace("Ł", "L").replace("ß", "ss")
        name = name.replace("ø", "o").replace("Ø", "O")
        plain = unicodedata.normalize("NFKD", name)
        again["name"] = "".join(c for c in plain if not unicodedata.combining(c))
        return None

    def lose_some(self, again):
        for key in ("email", "number", "street", "website", "vat"):
            if self.chance.random() < 0.25:
                again[key] = None

    def lose_much(self, again):
        """Only the name and one or two things more are left."""
        keys = [k for k in ("email", "number", "street", "website", "vat") if again[k]]
        kept = self.chance.sample(keys, min(len(keys), self.chance.choice((1, 2))))
        for key in keys:
            if key not in kept:
                again[key] = None
        if "street" not in kept and self.chance.random() < 0.5:
            again["zip"] = again["city"] = None

    def move(self, again):
        place = self.people.draw_place()
        again |= {key: place[key] for key in ("zip", "city")}
        again["street"] = self.people.draw_street(place["country"])

    # -- people ------------------------------------------------------------------

    def call_by_nickname(self, again):
        names = [nick for name, nick in NICKNAMES if name == again["first"]]
        if not names:
            return False
        again["name"] = again["name"].replace(again["first"], self.chance.choice(names))
        return None

    def marry(self, again):
        """Another family name, or both; the mailbox often stays, the home not always."""
        other = self.people.draw_person()
        last = other["last"]
        if self.chance.random() < 0.4:
            last = f"{again['last']}-{last}"
        again["name"] = f"{again['first']} {last}"
        if self.chance.random() < 0.35:
            again["email"] = self.people.draw_email(again["first"], last)
        if self.chance.random() < 0.5:
            self.move(again)

    def swap(self, again):
        comma = "," if self.chance.random() < 0.5 else ""
        again["name"] = f"{again['last']}{comma} {again['first']}"

    def abbreviate(self, again):
        again["name"] = f"{again['first'][0]}. {again['last']}"

    def add_title(self, again):
        first, last = again["first"], again["last"]
        middle = self.chance.choice("ABEHJKLMPRST")
        again["name"] = self.chance.choice(
            (f"Dr. {first} {last}", f"Prof. Dr. {first} {last}", f"Frau {first} {last}",
             f"Mr {first} {last}", f"{first} {middle}. {last}", f"{first} {last}, MBA")
        )  # fmt: skip

    def change_email(self, again):
        again["email"] = self.people.draw_email(again["first"], again["last"])

    def mistype_email(self, again):
        if not again["email"]:
            return False
        local, domain = again["email"].split("@")
        again["email"] = f"{self.mistyped(local + ' ').strip()}@{domain}"
        return None

    # -- companies ---------------------------------------------------------------

    def change_legal(self, again):
        spellings = LEGAL_SPELLINGS.get(again["legal"])
        if not spellings:
            return False
        new = self.chance.choice(spellings)
        again["name"] = again["name"].replace(again["legal"], new)
        return None

    def drop_legal(self, again):
        again["name"] = again["stem"]

    def shout(self, again):
        name = again["name"]
        again["name"] = self.chance.choice(
            (name.upper(), name.lower(), name.replace("&", "und"), name.replace(" ", "-", 1),
             name.replace(" ", "  "), f"Fa. {name}")
        )  # fmt: skip

    def change_mailbox(self, again):
        again["email"] = f"{self.chance.choice(MAILBOXES)}@{again['domain']}"
        again["number"] = self.people.draw_number(again)

    def rewrite_vat(self, again):
        if not again["vat"]:
            return False
        vat = again["vat"]
        again["vat"] = self.chance.choice(
            (f"{vat[:2]} {vat[2:5]} {vat[5:8]} {vat[8:]}", vat.lower(), f"{vat[:2]}-{vat[2:]}",
             vat[2:] if vat[:2] == "DE" else vat)
        )  # fmt: skip
        return None

    def rewrite_website(self, again):
        domain = again["domain"]
        again["website"] = self.chance.choice(
            (f"https://www.{domain}/", f"http://{domain}/index.html", domain.upper(),
             f"https://{domain}/kontakt?lang=de")
        )  # fmt: skip


def draw_contacts(people, number):
    """Return so many contacts in a random order, with ``entity``, ``kind`` and ``side``.

    A third of all is there twice or more, in Odoo once at most.
    """
    chance, copies = people.chance, Copies(people)
    families = []
    size = 0
    while size < number:
        drawn = chance.random()
        if drawn < 0.08:
            found = [entity for like in people.draw_likes() for entity in like]
        elif drawn < 0.4:
            found = [people.draw_company()]
            found += [people.draw_person(found[0]) for _ in range(chance.randrange(4))]
        else:
            found = [people.draw_person()]
        for entity in list(found):
            if chance.random() < 0.35:
                times = chance.choice((1, 1, 1, 2))
                found += [copies.copy(entity) for _ in range(times)]
        families += found
        size += len(found)
    contacts = [_write(people, each) for each in families[:number]]
    chance.shuffle(contacts)
    there = set()
    for position, each in enumerate(contacts):
        each["id"] = position + 1
        # Whom Odoo has twice, it had twice before: that is nobody's migration.
        is_there = chance.random() < 0.5 and each["entity"] not in there
        each["side"] = "odoo" if is_there else "source"
        there |= {each["entity"]} if is_there else set()
    return contacts


def _write(people, entity):
    """Return the contact as it is written down: each time with another telephone style."""
    phone = people.write_number(entity["number"])
    street = entity["street"]
    if street and people.chance.random() < 0.3:
        street = street.replace("straße", people.chance.choice(("str.", "strasse")))
        street = street.replace("Street", "St").replace("Road", "Rd.")
    return {**entity, "phone": phone, "street": street}
