"""Which currency stands beside an amount, as a sign or a code."""

import re
import unicodedata

CURRENCIES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD
    BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB
    EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR
    ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
    MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
    PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
    STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
    VUV WST XAF XCD XOF XPF YER ZAR ZMW
    """.split()
)
"""Codes of ISO 4217 that money is in."""
THREE_DECIMALS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
"""Their hundredth part is a thousandth (ISO 4217): ``1.250`` may be little more than one."""

SIGNS = {
    "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP", "₫": "VND", "Đ": "VND",
    "VNĐ": "VND", "₺": "TRY", "TL": "TRY", "ZŁ": "PLN", "ZL": "PLN", "₽": "RUB",
    "РУБ": "RUB", "Р": "RUB", "RP": "IDR", "R$": "BRL", "RM": "MYR", "₹": "INR",
    "₩": "KRW", "₪": "ILS", "₴": "UAH", "ГРН": "UAH", "₸": "KZT", "₦": "NGN", "₱": "PHP",
    "฿": "THB", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₭": "LAK", "₮": "MNT", "₾": "GEL",
    "₼": "AZN", "֏": "AMD", "৳": "BDT", "KČ": "CZK", "FT": "HUF", "SFR": "CHF",
    "SFRS": "CHF", "ЛВ": "BGN", "LEI": "RON", "US$": "USD", "USD$": "USD", "CA$": "CAD",
    "C$": "CAD", "CAD$": "CAD", "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "SG$": "SGD", "NT$": "TWD", "MX$": "MXN", "MXN$": "MXN",
    "AR$": "ARS", "CL$": "CLP", "CO$": "COP", "JP¥": "JPY", "円": "JPY", "CN¥": "CNY",
    "元": "CNY", "人民币": "CNY", "원": "KRW", "S/": "PEN", "S/.": "PEN", "BS.": "BOB",
    "$U": "UYU", "DKR": "DKK", "NKR": "NOK", "SKR": "SEK", "ÍKR": "ISK", "DIN": "RSD",
}  # fmt: skip
"""Signs that mean one currency, capitals and full stops aside."""
AMBIGUOUS = frozenset(
    ["$", "¥", "￥", "KR", "R", "FR", "FS", "RS", "DM", "DEM", "LV", "﷼", "¤", "ƒ"]
)
"""What is a currency as well, but one of several: crowns, dollars, francs, rupees."""
DOLLARS = frozenset(["", *"US CA C A AU NZ HK S SG NT MX AR CL CO JP CN R".split()])
"""What may stand before a sign such as ``$``."""


def fold_unit(text):
    """Return what stands beside a number without signs, blanks and final full stops.

    >>> fold_unit(" Kr. "), fold_unit("- US$"), fold_unit("Fr.")
    ('KR', 'US$', 'FR')
    """
    text = re.sub(r"[+\-\s]", "", unicodedata.normalize("NFC", text)).upper()
    return text.removesuffix(".") if len(text) > 1 else text


def is_currency(unit):
    """Tell whether a folded unit is money, of whichever country."""
    if unit in CURRENCIES or unit in SIGNS or unit in AMBIGUOUS:
        return True
    rest = "".join(c for c in unit if unicodedata.category(c) != "Sc")
    # Not any letter: "5M €" are millions.
    return len(rest) < len(unit) and (rest in DOLLARS or rest in CURRENCIES)


def find_currency(text):
    """Return the code, or an ambiguous sign, of the currency beside an amount; else None.

    >>> find_currency("500.000 ₫"), find_currency("12.500 kr."), find_currency("EUR 5")
    ('VND', 'kr', 'EUR')
    >>> find_currency("12"), find_currency("50 %"), find_currency("12 kg")
    (None, None, None)
    """
    if not isinstance(text, str):
        return None
    sides = re.fullmatch(r"(\D*)\d(?:.*\d)?(\D*)", text.strip(), re.DOTALL)
    for side in sides.groups() if sides else ():
        # "12.500,- €" and "12.-": a mark and a dash for no cents.
        unit = fold_unit(re.sub(r"^[.,]\s*[-–—]{0,2}(?=\s|$)", "", side.strip("()")))
        if not unit or not is_currency(unit):
            continue
        if unit in SIGNS:
            return SIGNS[unit]
        code = next((c for c in re.findall("[A-Z]{3}", unit) if c in CURRENCIES), None)
        return code or side.strip("()+-−–—,. ") or None
    return None


_IN = frozenset("IN EN EM W V".split())
_COMMON = frozenset(
    "EUR USD GBP CHF JPY CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BRL INR MXN".split()
)
"""Codes that are no word of a header in any language, also in small letters."""
_WORDS = frozenset(["ALL", "TOP"])
_SCALED = re.compile(
    r"(?<!\w)(?:[ktm]|mio|mln|mrd|tsd|thd|mil|tys)\.?\s?(?:[€$£]|eur|usd|gbp|chf|pln)(?!\w)"
    r"|thousand|million|tausend|milliers|miles de|milhares|migliaia|duizend|(?<!\d)000'?s?(?!\w)",
    re.IGNORECASE,
)


def is_scaled(text):
    """Tell whether a header says that its amounts are thousands or millions.

    >>> is_scaled("Revenue (k€)"), is_scaled("Umsatz TEUR"), is_scaled("Amount ('000)")
    (True, True, True)
    >>> is_scaled("Amount (EUR)"), is_scaled("Market EUR")
    (False, False)
    """
    return _SCALED.search(text) is not None


def split_header(text):
    """Return (what is left, currency) of a header that says what its amounts are in.

    >>> split_header("Amount (EUR)"), split_header("Betrag in €"), split_header("value_usd")
    (('Amount', 'EUR'), ('Betrag', 'EUR'), ('value', 'USD'))
    >>> split_header("€"), split_header("Revenue ($)"), split_header("US$ value")
    (('', 'EUR'), ('Revenue', '$'), ('value', 'USD'))
    >>> split_header("Total"), split_header("SELL ALL"), split_header("Currency")
    (('Total', None), ('SELL ALL', None), ('Currency', None))
    """
    words = re.split(r"(\s+|[_/,:()\[\]])", text)
    for place in (*range(len(words) - 1, -1, -2), *range(0, len(words), 2)):
        word = words[place]
        enclosed = place and words[place - 1] in ("(", "[")
        after = fold_unit(words[place - 2]) in _IN if place > 1 else False
        found = _named(word, enclosed or after)
        if found:
            first = place - 2 if after else place
            rest = "".join(words[:first]) + " " + "".join(words[place + 1 :])
            return " ".join(re.sub(r"[()\[\]_/,:]", " ", rest).split()), found
    return text, None


def _named(word, sure):
    """Return the currency that a word of a header is, None for another word.

    :param sure: it stands where a unit stands, in brackets or behind "in"
    """
    unit = fold_unit(word)
    if any(unicodedata.category(sign) == "Sc" for sign in unit) and is_currency(unit):
        code = next((c for c in re.findall("[A-Z]{3}", unit) if c in CURRENCIES), None)
        return SIGNS.get(unit) or code or word
    if unit in _COMMON or (sure and unit in CURRENCIES and word.isupper()):
        return None if unit in _WORDS else unit
    if sure and unit in SIGNS:
        return SIGNS[unit]
    return None
