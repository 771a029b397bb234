"""Invented people: shaped as the real ones, the same everywhere, and nobody."""

import json
import re

import pytest

from connectors.anonymize.apply import Anonymizer
from connectors.anonymize.kinds import kind_of_name
from connectors.anonymize.looks import is_harmless
from connectors.anonymize.numbers import is_iban

SALT = bytes(range(32))
PUBLIC = {"gmail.com", "linkedin.com"}


class ByName:
    """Decides by the names of members alone."""

    def get(self, _stream, path):
        return kind_of_name(path.rpartition(".")[2]), frozenset()


def anonymizer(salt=SALT):
    return Anonymizer(salt, ByName(), is_public=PUBLIC.__contains__)


@pytest.fixture
def change():
    one = anonymizer()
    return lambda **data: one.record("people", data)


def test_a_word_is_the_same_in_names_addresses_and_companies(change):
    made = change(
        name="Dr. Zoe von Muster",
        company="Muster GmbH & Co. KG",
        mail="Zoe.Muster@muster.de",
        website="https://www.muster.de/team/zoe.muster",
        title="Roof for Muster",
    )
    title, zoe, von, muster = made["name"].split()
    assert (title, von) == ("Dr.", "von")
    assert made["company"] == f"{muster} GmbH & Co. KG"
    domain = f"{muster.lower()}-de.example"
    assert made["mail"] == f"{zoe}.{muster}@{domain}"
    assert made["website"].startswith(f"https://www.{domain}/")
    assert made["website"].endswith(f"/{zoe}.{muster}".lower())
    assert made["title"].endswith(muster)


def test_case_accents_and_script_stay_recognizable(change):
    made = change(a="MÜLLER", b="Müller", c="muller", d="Ольга", e="山田", f="Παππάς")
    assert made["a"].isupper()
    assert made["a"] == made["b"].upper()
    assert made["b"] != made["c"].capitalize()
    assert made["d"][0] > "\u0400"
    assert made["e"][0] > "\u3000"
    assert made["f"][0] > "\u0370"
    assert not set(made.values()) & {"MÜLLER", "Müller", "muller", "Ольга", "山田"}


@pytest.mark.parametrize(
    "email",
    [
        "a b@muster.de",
        "zoe@",
        "@muster.de",
        "see notes",
        "zoe@muster",
        "zoe@@muster.de",
    ],
)
def test_an_address_that_is_none_stays_none(change, email):
    made = change(email=email)["email"]
    assert made != email
    assert "muster" not in made.lower()
    assert "zoe" not in made.lower()
    signs = [re.sub(r"[^\W\d_]+", "x", text) for text in (email, made)]
    assert signs[0] == signs[1].replace("x-x.x", "x.x")


def test_mail_providers_stay_what_they_are_and_lead_nowhere(change):
    made = change(a="zoe@gmail.com", b="ZOE@GMAIL.com", c="https://linkedin.com/in/zoe")
    assert made["a"].endswith("@gmail-com.example")
    assert made["a"] == made["b"].lower()
    assert made["c"].startswith("https://linkedin-com.example/")
    assert change(email="Info@muster.de")["email"].startswith("Info@")


def test_a_phone_is_the_same_however_it_is_written(change):
    made = change(
        phone="+49 (170) 123 45-67",
        mobile="0170 1234567",
        fax=1701234567,
        tel="0049170/1234567",
    )
    digits = {"".join(c for c in str(v) if c.isdigit())[-9:] for v in made.values()}
    assert len(digits) == 1
    assert digits != {"701234567"}
    assert re.fullmatch(r"\+49 \(170\) 1\d\d \d\d-\d\d", made["phone"])


def test_no_two_numbers_become_one():
    numbers = anonymizer().texts.numbers
    phones = {numbers.phone(f"+49 170 12{number:05}") for number in range(20_000)}
    codes = {numbers.code(f"AB{number:06}") for number in range(20_000)}
    assert len(phones) == len(codes) == 20_000


def test_names_hardly_ever_meet():
    word = anonymizer().texts.names.word
    words = {
        word(f"name{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}")
        for n in range(10_000)
    }
    assert len(words) == 10_000


def test_numbers_of_documents_stay_valid_or_not(change):
    made = change(
        iban="DE89 3704 0044 0532 0130 00",
        other="DE89370400440532013001",
        vat="DE123456789",
    )
    assert is_iban(made["iban"])
    assert not is_iban(made["other"])
    assert made["iban"] != "DE89 3704 0044 0532 0130 00"
    assert made["iban"].startswith("DE")
    assert made["vat"].startswith("DE")
    assert made["vat"] != "DE123456789"


def test_what_is_harmless_stays(change):
    same = {
        "id": "C-12",
        "company_id": 4711,
        "amount": "1.234,50",
        "revenue": 12500000.25,
        "status": "Open",
        "stage": "Proposal",
        "currency": "EUR",
        "created": "2025-03-04T10:00:00Z",
        "stamp": 1700000000000,
        "key": "6f1ed002-ab5f-4b2a-8f0e-1a2b3c4d5e6f",
        "done": True,
        "vip": "ja",
        "nothing": None,
        "na": "n/a",
        "long": "2h 30m",
    }
    assert change(**same) == same


def test_what_nobody_knows_is_replaced_however_deep(change):
    made = change(
        hobby="Chess with Zoe",
        deep={"zoe@muster.de": [{"who": ["Zoe", {"call": "0170 1234567"}]}]},
        text=json.dumps({"who": "Zoe", "phone": "0170 1234567"}),
        number=491701234567,
        phones=[{"number": "+33 6 39 98 00 08", "type": "work"}],
        person_id="491701234567",
        ip="192.0.2.7",
        file="deals/12/Offer Zoe.pdf",
        photo="data:image/jpeg;base64," + "Wm9l" * 100,
    )
    text = json.dumps(made).lower()
    assert "zoe" not in text
    assert "muster" not in text
    assert "1234567" not in text
    assert "39 98 00 08" not in text
    assert made["phones"][0]["type"] == "work"
    assert str(made["number"]) == made["person_id"]
    assert "wm9l" not in text
    assert made["file"].endswith(".pdf")
    assert json.loads(made["text"]).keys() == {"who", "phone"}


def test_texts_cannot_be_read_and_keep_their_tags(change):
    made = change(
        note='<p class="zoe">Zoe said <b>yes</b>.</p><!-- Zoe --><a href="mailto:zoe@muster.de">Z</a>'
        "<script>Zoe</script>"
    )["note"]
    assert "zoe" not in made.lower()
    assert "said" not in made
    assert made.startswith("<p>")
    assert "<b>" in made
    assert made.count("</") == 3
    one = change(a="word word other word\nx")["a"].split()
    assert one[1] != one[3]  # the same word behind another one


def test_another_secret_makes_other_people():
    data = {"name": "Zoe Muster", "phone": "+49 170 1234567"}
    one, again = anonymizer().record("s", data), anonymizer().record("s", data)
    other = anonymizer(bytes(32)).record("s", data)
    assert one == again
    assert one["name"] != other["name"]
    assert one["phone"] != other["phone"]


def test_an_id_that_is_an_address_is_the_same_as_the_address(change):
    made = change(email="Zoe@muster.de", contact_id="Zoe@muster.de")
    assert made["email"] == made["contact_id"]
    assert anonymizer().reference("deals-23-9071") == "deals-23-9071"


def test_what_a_connector_sums_up_says_what_the_members_say(change):
    made = change(
        last="Zoe",
        stage="New",
        sum=9000.25,
        _sheet="Last: Zoe\nStage: New\nSum: 9000.25\nZoe!",
    )
    assert made["_sheet"].startswith(
        f"Last: {made['last']}\nStage: New\nSum: 9000.25\n"
    )
    assert "Zoe" not in made["_sheet"]


@pytest.mark.parametrize(
    "text", ["Zoe", "0170123456", "Zoe 12", "12345678", "張偉", "ABC"]
)
def test_a_name_is_never_harmless(text):
    assert not is_harmless(text)
