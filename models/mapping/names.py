"""What the world calls countries and currencies: CLDR, by way of Babel.

Babel is required by Odoo itself. The own lists hold what CLDR 47 (Babel 2.18) lacks.
"""

import csv
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from odoo.tools import file_open

from .field_kinds import normalize

COUNTRY_WORDS = {
    "GB": "Britain; Great Britain; England; Scotland; Wales; Northern Ireland; "
    "Großbritannien; Grande-Bretagne; Gran Bretaña; Grã-Bretanha; Gran Bretagna; "
    "United Kingdom of Great Britain and Northern Ireland",
    "US": "America; United States of America; Vereinigte Staaten von Amerika; "
    "États-Unis d'Amérique; Estados Unidos de América; Estados Unidos da América; "
    "Stati Uniti d'America; EE. UU.; EUA",
    "NL": "Holland; Hollande; Holanda; Olanda; Nederlanden",
    "CZ": "Czech Republic; Tschechische Republik; Česká republika",
    "SK": "Slovak Republic",
    "KR": "Republic of Korea; Korea, Republic of; Korea (South)",
    "KP": "Democratic People's Republic of Korea; Korea (North)",
    "IE": "Éire; Republic of Ireland; Irish Republic",
    "DE": "Federal Republic of Germany; Bundesrepublik Deutschland; BRD",
    "TR": "Turkey; Republic of Turkey",
    "CI": "Ivory Coast",
    "AE": "UAE; Emirates",
    "RU": "Russian Federation",
    "CN": "People's Republic of China; PRC",
    "HK": "Hong Kong",
    "MO": "Macau",
    "MK": "Macedonia; FYROM",
    "VN": "Viet Nam",
    "MM": "Burma",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "IR": "Islamic Republic of Iran; Iran, Islamic Republic of",
    "SY": "Syrian Arab Republic",
    "LA": "Lao PDR; Lao People's Democratic Republic",
    "MD": "Republic of Moldova; Moldova, Republic of",
    "TZ": "United Republic of Tanzania; Tanzania, United Republic of",
    "BO": "Plurinational State of Bolivia; Bolivia, Plurinational State of",
    "VE": "Bolivarian Republic of Venezuela; Venezuela, Bolivarian Republic of",
    "CD": "DR Congo; Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "VA": "Holy See; Vatican",
    "PS": "Palestine; State of Palestine",
}
"""ISO 3166-1 alpha-2 code → names that people write and CLDR has not."""


PLATES = {
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "H": "HU", "I": "IT", "L": "LU",
    "N": "NO", "P": "PT", "S": "SE", "FL": "LI", "SLO": "SI", "IRL": "IE", "FIN": "FI",
}  # fmt: skip
"""Signs of the country on a car, which sheets of addresses in Europe have (UNECE)."""


CURRENCY_WORDS = {
    "EUR": "euros; eur.; €uro",
    "USD": "us dollars; u.s. dollars; american dollar; american dollars",
    "GBP": "pound sterling; pounds sterling; sterling; british pounds",
    "CHF": "swiss francs; sfr; sfr.",
    "JPY": "yen",
}
"""ISO 4217 code → words and signs that people write and CLDR has not."""


SHARED_SIGNS = ("$", "¥", "kr", "kr.")
"""Signs that several countries use side by side: who writes them must be asked."""


def fold(text):
    """Return a text as it is compared: without case and extra blanks.

    >>> fold(" Ana  MARIA ")
    'ana maria'
    """
    return " ".join(text.casefold().split())


@lru_cache(maxsize=1)
def get_country_codes():
    """Return normalized name → ISO code, in every language that Odoo ships.

    What means different countries in different languages (*Kongo*) is left out.
    Three-letter codes and former ones (*UK*) are names as well.
    """
    found = {}
    for locale in _get_locales():
        for code, name in locale.territories.items():
            if len(code) == 2:
                found.setdefault(normalize(name), set()).add(code)
    codes = {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
    for name, successors in get_global("territory_aliases").items():
        if len(name) in (2, 3) and name.isalpha() and len(successors) == 1:
            codes.setdefault(normalize(name), successors[0])
    for code, names in COUNTRY_WORDS.items():
        codes.update(dict.fromkeys(map(normalize, names.split(";")), code))
    for sign, code in PLATES.items():
        codes.setdefault(normalize(sign), code)
    codes.pop("", None)
    # Of two countries, and people write it for both.
    codes.pop("congo", None)
    return codes


@lru_cache(maxsize=1)
def get_currency_codes():
    """Return folded name or sign → ISO code, in every language that Odoo ships.

    What stands for several currencies (*$*, *kr*) is left out. Of a sign that only
    is shared with currencies far off the one counts that English means by it: *£*.
    """
    found = {}
    for locale in _get_locales():
        names = [*locale.currencies.items(), *locale.currency_symbols.items()]
        for code, name in names:
            if fold(name) != code.casefold():
                found.setdefault(fold(name), set()).add(code)
    codes = {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
    for code, sign in Locale("en").currency_symbols.items():
        codes[fold(sign)] = code
    for code, words in CURRENCY_WORDS.items():
        codes.update(dict.fromkeys(map(fold, words.split(";")), code))
    for sign in ("", *SHARED_SIGNS):
        codes.pop(sign, None)
    return codes


def _get_locales():
    """Return Babel's locales for the languages that Odoo ships."""
    with file_open("base/data/res.lang.csv") as file:
        names = [row["code"] for row in csv.DictReader(file)]
    locales = [Locale("en")]
    for name in names:
        language, _at, script = name.partition("@")
        try:
            locales.append(
                Locale(language[:2], script="Latn")
                if script == "latin"
                else Locale.parse(language)
            )
        except (UnknownLocaleError, ValueError):
            continue  # a language of which CLDR knows nothing
    return locales
