"""Write what columns are called in the languages of Odoo that have no file of their own.

    .env/venv/bin/python dev/headings.py

The words are those of Odoo's own translations, of the texts below. The result stands in
``connectors/spreadsheet/headings/odoo.csv``: language, English name, words.
"""

import csv
from collections import Counter
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent

FOLDER = ROOT / "connectors/spreadsheet/headings"
ADDONS = ROOT / ".env/odoo/usr/lib/python3/dist-packages/odoo/addons"
MODULES = (
    *("base", "base_import", "contacts", "crm", "mail", "calendar", "project", "sale"),
    *("product", "account", "event", "hr", "hr_recruitment", "sales_team", "portal"),
    *(
        "website_crm",
        "website_sale",
        "mass_mailing",
        "survey",
        "website_event",
        "stock",
    ),
)
MOST = 2
"""Words of a text that are taken, where modules translate it differently."""

# English name: texts of Odoo that say the same.
TEXTS = {
    "first name": ("First Name", "First name"),
    "last name": ("Last Name", "Last name", "Surname"),
    "name": ("Name",),
    "full name": ("Full Name", "Contact Name", "Your Name"),
    "contact": ("Contact",),
    "company": ("Company", "Company Name", "Organization"),
    "customer": ("Customer", "Client"),
    "job title": ("Job Position", "Job Title", "Job Position Title"),
    "email": ("Email", "Email Address", "E-mail"),
    "phone": ("Phone", "Phone Number", "Telephone"),
    "mobile": ("Mobile", "Mobile Phone"),
    "website": ("Website", "Website URL"),
    "street": ("Street", "Address", "Street..."),
    "zip": ("Zip", "ZIP", "Zip Code", "Postal Code"),
    "city": ("City",),
    "state": ("State / Province", "Fed. State"),
    "country": ("Country",),
    "vat": ("Tax ID", "VAT"),
    "industry": ("Industry",),
    "owner": ("Salesperson", "Responsible", "Owner"),
    "created": ("Created on", "Creation Date", "Created On"),
    "updated": ("Last Updated on", "Last Modified on"),
    "created by": ("Created by",),
    "notes": ("Notes", "Internal Notes"),
    "note body": ("Note", "Comment", "Message"),
    "description": ("Description",),
    "tags": ("Tags",),
    "source": ("Source",),
    "currency": ("Currency",),
    "amount": ("Amount", "Expected Revenue", "Total"),
    "deal name": ("Opportunity", "Opportunity Name"),
    "stage": ("Stage",),
    "status": ("Status",),
    "probability": ("Probability",),
    "expected close date": ("Expected Closing",),
    "lost reason": ("Lost Reason",),
    "priority": ("Priority",),
    "subject": ("Subject", "Summary"),
    "activity type": ("Activity Type",),
    "due date": ("Due Date", "Deadline"),
    "done": ("Done",),
    "start date": ("Start Date",),
    "end date": ("End Date",),
    "location": ("Location",),
    "duration": ("Duration",),
    "attendees": ("Attendees",),
    "date": ("Date",),
    "quantity": ("Quantity",),
    "unit price": ("Unit Price",),
    "product": ("Product",),
    "barcode": ("Barcode",),
    "invoice number": ("Invoice Number",),
    "invoice date": ("Invoice Date",),
}


NAMES = {
    "ar": ("الاسم الأول", "اسم العائلة; اللقب"),
    "bg": ("Име; Собствено име", "Фамилия; Фамилно име"),
    "bs": ("Ime", "Prezime"),
    "ca": ("Nom; Nom de pila", "Cognom; Cognoms"),
    "el": ("Όνομα; Μικρό όνομα", "Επώνυμο; Επίθετο"),
    "et": ("Eesnimi", "Perekonnanimi; Perenimi"),
    "eu": ("Izena", "Abizena; Abizenak"),
    "fa": ("نام; نام کوچک", "نام خانوادگی"),
    "gl": ("Nome", "Apelido; Apelidos"),
    "he": ("שם פרטי", "שם משפחה"),
    "hi": ("पहला नाम", "उपनाम; अंतिम नाम"),
    "hr": ("Ime", "Prezime"),
    "id": ("Nama depan", "Nama belakang"),
    "is": ("Fornafn; Eiginnafn", "Eftirnafn; Kenninafn"),
    "ko": ("이름", "성; 성씨"),
    "lt": ("Vardas", "Pavardė"),
    "lv": ("Vārds", "Uzvārds"),
    "mk": ("Име", "Презиме"),
    "mn": ("Нэр", "Овог"),
    "nb": ("Fornavn", "Etternavn"),
    "sk": ("Meno; Krstné meno", "Priezvisko"),
    "sl": ("Ime", "Priimek"),
    "sr@latin": ("Ime", "Prezime"),
    "th": ("ชื่อ; ชื่อจริง", "นามสกุล"),
    "uk": ("Ім'я; Імʼя", "Прізвище"),
    "vi": ("Tên; Tên gọi", "Họ; Họ đệm"),
}
"""First and last name, which few texts of Odoo have."""


def read_words(path):
    """Return text → its translation in one file."""
    return {
        entry.msgid: entry.msgstr
        for entry in polib.pofile(str(path))
        if entry.msgstr and "fuzzy" not in entry.flags
    }


def words_of(language):
    """Yield (English name, words) of a language."""
    found = [
        read_words(path)
        for module in MODULES
        if (path := ADDONS / module / "i18n" / f"{language}.po").exists()
    ]
    described = {each["Description"] for each in found if "Description" in each}
    for name, words in zip(
        ("first name", "last name"), NAMES.get(language, ()), strict=False
    ):
        yield name, words
    for name, texts in TEXTS.items():
        words = []
        for text in texts:
            said = Counter(each[text] for each in found if text in each)
            words += [word for word, _n in said.most_common(MOST) if word != text]
        if name != "description":
            words = [word for word in words if word not in described]
        if words:
            yield name, "; ".join(dict.fromkeys(word.strip(" .:") for word in words))


def main():
    paths = sorted((ADDONS / "base" / "i18n").glob("*.po"))
    languages = [path.stem for path in paths]
    rows = [
        (language, name, words)
        for language in languages
        if not (FOLDER / f"{language[:2]}.py").exists() or language == "kab"
        for name, words in words_of(language)
    ]
    with (FOLDER / "odoo.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    print(len(rows), "words of", len({row[0] for row in rows}), "languages")


if __name__ == "__main__":
    main()
