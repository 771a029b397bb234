"""Invented contacts of which it is known who is who: entities, their copies, their likes.

Everything is drawn from a fixed seed. What a person does to a contact that is written
down twice is imitated here without a look at how the addon compares: whoever changes a
rule leaves this file alone, else the figures mean nothing.
"""

import random
import re
import unicodedata

from duplicates_names import (
    CODES,
    FAMILY,
    FANCY,
    FREE_MAIL,
    GIVEN,
    LEGAL,
    MAILBOXES,
    PLACES,
    STREETS,
    TRADES,
)  # fmt: skip

FIELDS = ("name", "email", "phone", "street", "zip", "city", "website", "vat")
PRIVATE = 0.4
"""How many people are written down without a company."""


class People:
    """Draws entities; each is a dict of ``FIELDS`` and what only the maker knows."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.entities = 0
        self.given_addresses = set()

    # -- parts -------------------------------------------------------------------

    def pick(self, values):
        return self.chance.choice(values)

    def draw_place(self):
        country, code, city, area = self.pick(PLACES)
        if code.isdigit():
            code = f"{int(code) + self.chance.randrange(90):0{len(code)}d}"
        return {"country": country, "zip": code, "city": city, "area": area}

    def draw_street(self, country):
        names = STREETS.get(country) or STREETS["DE"]
        name, number = self.pick(names.split()), self.chance.randrange(1, 180)
        name = name.replace("_", " ")
        return f"{number} {name}" if country in ("GB", "FR") else f"{name} {number}"

    def draw_number(self, place, length=7):
        """Return (country code, area, subscriber): how it is written comes later."""
        digits = "".join(str(self.chance.randrange(10)) for _ in range(length - 1))
        return CODES[place["country"]], place["area"], self.pick("23456789") + digits

    def draw_mobile(self, place):
        area = "17" + self.pick("0123456789")
        return CODES[place["country"]], area, self.draw_number(place, 8)[2]

    def write_number(self, number, style=None):
        """Write a telephone number as this or that person would."""
        if number is None:
            return None
        code, area, rest = number
        style = self.chance.randrange(7) if style is None else style
        halves = f"{rest[:3]} {rest[3:]}"
        return (
            f"+{code} {area} {halves}",
            f"+{code}{area}{rest}",
            f"00{code} {area} {rest}",
            f"+{code} (0){area} {rest}",
            f"+{code}-{area}-{rest[:4]}-{rest[4:]}",
            f"0{area}/{rest}" if code == "49" else f"+{code} {area}{rest}",
            f"(0{area}) {halves}" if code == "49" else f"+{code} {area}.{rest}",
        )[style]

    def draw_vat(self, country):
        if country not in ("DE", "AT"):
            return None
        from stdnum.eu import vat

        while True:
            digits = "".join(str(self.chance.randrange(10)) for _ in range(9))
            number = f"DE{digits}" if country == "DE" else f"ATU{digits[1:]}"
            if vat.is_valid(number):
                return number

    # -- entities ----------------------------------------------------------------

    def enter(self, entity, kind):
        self.entities += 1
        return {**entity, "entity": self.entities, "kind": kind}

    def draw_company(self, kind="company", **given):
        place = given.pop("place", None) or self.draw_place()
        country = place["country"]
        family = self.pick(FAMILY[self.pick(list(FAMILY))].split())
        stem = given.pop("stem", None) or self.pick(
            (
                f"{family} {self.pick(TRADES)}",
                f"{self.pick(FANCY)} {self.pick(TRADES)}",
                f"{self.pick(FANCY)}{self.pick(TRADES).lower()}",
                f"{family} & {self.pick(('Söhne', 'Sons', 'Partner', 'Fils'))}",
                f"{family} {self.pick(TRADES)} {place['city']}",
            )
        )
        legal = given.pop("legal", None) or self.pick(LEGAL[country])
        domain = given.pop("domain", None) or (
            f"{slug(stem)}{self.chance.choice(('', '-online', '24', '-group'))}."
            f"{country.lower() if country != 'GB' else 'co.uk'}"
        )
        return self.enter(
            {
                "is_company": True,
                "stem": stem,
                "legal": legal,
                "name": f"{stem} {legal}",
                "domain": domain,
                "website": f"www.{domain}" if self.chance.random() < 0.7 else None,
                "email": f"{self.pick(MAILBOXES)}@{domain}"
                if self.chance.random() < 0.75
                else None,
                "number": self.draw_number(place),
                "vat": self.draw_vat(country) if self.chance.random() < 0.6 else None,
                "street": self.draw_street(country),
                **place,
                **given,
            },
            kind,
        )

    def draw_person(self, employer=None, kind="person", **given):
        language = self.pick(list(GIVEN))
        first = given.pop("first", None) or self.pick(GIVEN[language].split())
        last = given.pop("last", None) or self.pick(FAMILY[language].split())
        place = employer or self.draw_place()
        at = {key: place[key] for key in ("country", "zip", "city", "area")}
        number = self.draw_mobile(at) if self.chance.random() < 0.6 else None
        if employer and number is None:
            code, area, rest = employer["number"]
            direct = f"{self.chance.randrange(10, 99)}"
            number = code, area, rest + direct
        return self.enter(
            {
                "is_company": False,
                "first": first,
                "last": last,
                "name": f"{first} {last}",
                "email": self.draw_email(first, last, employer),
                "number": number,
                "website": None,
                "vat": None,
                "street": employer["street"]
                if employer
                else self.draw_street(at["country"]),
                **at,
                **given,
            },
            kind,
        )

    def draw_email(self, first, last, employer=None):
        """Return an address that nobody has yet: a provider gives it once."""
        email = self.invent_email(first, last, employer)
        while email in self.given_addresses:
            local, domain = email.split("@")
            email = f"{local}{self.chance.randrange(10)}@{domain}"
        self.given_addresses.add(email)
        return email

    def invent_email(self, first, last, employer):
        one, two = slug(first), slug(last)
        if employer and self.chance.random() < 0.9:
            local = self.pick(
                (f"{one}.{two}", f"{one[0]}.{two}", f"{one[0]}{two}", one)
            )
            return f"{local}@{employer['domain']}"
        year = self.chance.randrange(50, 99)
        local = self.pick(
            (
                f"{one}.{two}",
                f"{one}{two}{year}",
                f"{two}.{one}{year}",
                f"{one[:3]}{two}",
            )
        )
        return f"{local}@{self.pick(FREE_MAIL)}"

    # -- different ones that look alike ------------------------------------------

    def draw_likes(self):
        """Yield lists of different entities that are easily taken for one."""
        one = self.draw_person()
        yield [
            one,
            self.draw_person(kind="same name", first=one["first"], last=one["last"]),
        ]
        yield self.draw_town_fellows()
        yield self.draw_mailbox()
        yield self.draw_father_and_son()
        yield self.draw_couple()
        yield self.draw_siblings()
        yield self.draw_subsidiaries()
        yield self.draw_branches()
        yield self.draw_trader()
        yield self.draw_same_company_name()

    def draw_town_fellows(self):
        """Two of one name in one town who have nothing to do with each other."""
        one = self.draw_person()
        other = self.draw_person(
            kind="same name, same town",
            first=one["first"], last=one["last"],
            **{key: one[key] for key in ("country", "zip", "city", "area")},
        )  # fmt: skip
        return [one, other]

    def draw_mailbox(self):
        """Colleagues of whom only the common mailbox and the switchboard are known."""
        employer = self.draw_company()
        mailbox = employer["email"] or f"info@{employer['domain']}"
        number = employer["number"]
        people = [
            self.draw_person(employer, "shared mailbox", email=mailbox, number=number)
            for _ in range(self.chance.randrange(3, 6))
        ]
        return [employer, *people]

    def draw_father_and_son(self):
        """At one address; now and then with one name, with or without the sign of it."""
        father = self.draw_person()
        landline = self.draw_number(father)
        father["number"] = landline
        son = self.draw_person(kind="father and son", last=father["last"])
        son |= {
            key: father[key] for key in ("country", "zip", "city", "area", "street")
        }
        if self.chance.random() < 0.5:
            son["number"] = landline
        chance = self.chance.random()
        if chance < 0.4:
            son["first"] = father["first"]
            signs = ("Jr.", "Sr.") if chance < 0.2 else ("jun.", "sen.")
            son["name"] = f"{son['first']} {son['last']} {signs[0]}"
            father["name"] += f" {signs[1]}" if chance < 0.3 else ""
            son["number"] = self.draw_mobile(son)
        elif chance < 0.45:
            son["first"] = father["first"]
            son["name"] = father["name"]
            son["number"] = self.draw_mobile(son)
        return [father, son]

    def draw_couple(self):
        """Two people with one address, one telephone, and often one mailbox."""
        one = self.draw_person()
        one["number"] = self.draw_number(one)
        shared = {
            key: one[key]
            for key in ("country", "zip", "city", "area", "street", "number")
        }
        if self.chance.random() < 0.6:
            one["email"] = f"familie.{slug(one['last'])}@{self.pick(FREE_MAIL)}"
            shared["email"] = one["email"]
        return [one, self.draw_person(kind="couple", last=one["last"], **shared)]

    def draw_siblings(self):
        """At one address, with names that sound alike."""
        first, second = self.pick(
            (("Maria", "Marie"), ("Christina", "Christine"), ("Jan", "Jana"), ("Julia", "Juliane"),
             ("Anna", "Hanna"), ("Johannes", "Johann"), ("Martin", "Martina"), ("Paul", "Paula"))
        )  # fmt: skip
        one = self.draw_person(first=first)
        keys = ("country", "zip", "city", "area", "street", "last")
        return [
            one,
            self.draw_person(
                kind="siblings", first=second, **{k: one[k] for k in keys}
            ),
        ]

    def draw_subsidiaries(self):
        """Companies of one group: one domain, one stem, each a company of its own."""
        root = self.pick(FANCY) + self.pick(("", " Gruppe", " Holding"))
        one = self.draw_company(stem=root)
        base = root.split()[0]
        others = []
        for trade in self.chance.sample(TRADES, 2):
            same_place = self.chance.random() < 0.5
            others.append(
                self.draw_company(
                    "subsidiary",
                    stem=f"{base} {trade}",
                    domain=one["domain"],
                    **({k: one[k] for k in ("street",)} if same_place else {}),
                    place={k: one[k] for k in ("country", "zip", "city", "area")}
                    if same_place
                    else None,
                )  # fmt: skip
            )
        return [one, *others]

    def draw_branches(self):
        """Offices of one company in several towns: each is a customer of its own."""
        one = self.draw_company()
        others = []
        for _ in range(2):
            there = self.draw_place()
            while there["city"] == one["city"]:
                there = self.draw_place()
            named = self.chance.random() < 0.6
            branch = self.draw_company(
                "branch office", stem=one["stem"], legal=one["legal"], domain=one["domain"],
                place=there, vat=one["vat"] if self.chance.random() < 0.5 else None,
            )  # fmt: skip
            if named:
                sign = self.pick(("", "Niederlassung ", "Branch ", "- "))
                branch["name"] += f" {sign}{there['city']}"
            others.append(branch)
        return [one, *others]

    def draw_trader(self):
        """A company named after its owner, and the owner."""
        owner = self.draw_person()
        company = self.draw_company(
            "company and its owner",
            stem=f"{owner['first']} {owner['last']}", legal="e.K.", email=owner["email"],
            street=owner["street"], number=owner["number"] or self.draw_number(owner),
            place={k: owner[k] for k in ("country", "zip", "city", "area")},
        )  # fmt: skip
        if self.chance.random() < 0.5:
            company["name"] = company["stem"]
        return [owner, company]

    def draw_same_company_name(self):
        """Two companies of one name, or nearly, who have nothing to do with each other."""
        one = self.draw_company()
        legal = one["legal"] if self.chance.random() < 0.6 else None
        other = self.draw_company("same company name", stem=one["stem"], legal=legal)
        other["domain"] = f"{slug(one['stem'])}-{slug(other['city'])}.com"
        other["email"] = other["email"] and f"{self.pick(MAILBOXES)}@{other['domain']}"
        other["website"] = other["website"] and f"www.{other['domain']}"
        return [one, other]


def slug(text):
    """Write a name as in an address: letters of every alphabet that have a plain one."""
    for one, two in (
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        ("ß", "ss"),
        ("ø", "o"),
        ("ł", "l"),
    ):
        text = text.lower().replace(one, two)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain)
