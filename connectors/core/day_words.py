"""Words around a day: weekdays, “at”, the Russian “г.”, the two halves of a day by name."""

import re

from .month_names import fold

_LONGEST = 60
_IN_FRONT = re.compile(r"([^\W\d_]{2,12})\.?,?\s+(?=\d+(?:\D{1,4}\w|\d{5}))")
"""A day has more parts than one: nobody looks up the words of “Street 12”."""
_BEHIND = re.compile(r"\s+\(([^\W\d_]{2,12})\.?\)$")
_AT = re.compile(
    r"(?<=\d\d),?\s+(?:a\s+las?|às|as|à|um|at|alle|kl\.?|om|o|в|у)\s+(?=\d{1,2}\s?[:.h]\s?\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<=\d{4})\s*[гр]\.?(?=[\s,]|$)")
# Blanks that do not break, the Arabic comma, marks of direction: what Intl and Babel write.
_SIGNS = str.maketrans(
    {"\xa0": " ", "\u2009": " ", "\u202f": " ", "،": ",", "\u200e": "", "\u200f": ""}
)
_USUAL = ("Z", "AM", "PM", "am", "pm")
# The halves of a day as CLDR, Windows and people have them; "pm" itself needs none of this.
# Noon and evening are ambiguous at the hours that are left out.
_HALF_IN_FRONT = re.compile(
    r"(?:(?P<am>AM|오전|上午|午前|凌晨|清晨|早上)|(?:PM|오후|下午|午後|中午(?= ?12?[:.])|晚上(?! ?12)))"
    r" ?(?P<time>\d\d?[:.]\d\d(?:[:.]\d\d)?)$"
)
_HALF_BEHIND = re.compile(
    r"(?<=[:.]\d\d) ?(?:(?P<am>a\. ?m|π\. ?μ|πμ|ص|ق\.ظ|p\.d|e paradites|PG|SA|ÖÖ)"
    r"|(?:p\. ?m|μ\. ?μ|μμ|م|ب\.ظ|m\.d|e pasdites|PTG|CH|ÖS))\.?$"
)


# The names of weekdays in ``month_names.LANGUAGES``, folded, as CLDR has them by Babel: to
# load thirty languages takes longer than to look at a file.
WEEKDAYS = frozenset(
    """
    al an antradienis ar asteartea asteazkena astelehena az ca car carsamba ce cet cetrtek
    ceturtd ceturtdiena cetvrtak cmt cn cs csutortok ct ctvrtek cu cum cuma cumartesi czw
    czwartek dc dg di dienstag dijous dilluns dim dimanche dimarts dimecres dinsdag dissabte
    diumenge divendres dj dl do dom domenica domingo donderdag donnerstag ds dt du dum
    duminica dv esmaspaev fr fre fredag freitag fri friday gio giovedi hetfo ig igandea je jeu
    jeudi joi ju jue jueves jum jumat kam kamis ke kedd kolmapaev kt la larunbata lauantaina
    laupaev laurdag lo lor lordag lr lu lun lundi lunedi lunes luni luns lø lør lørdag ma
    maanantaina maandag man mandag mar mardi martedi martes marti me mer mercoledi mercores
    mercredi mi mie miercoles miercuri min minggu mittwoch mo mon monday montag ne ned nedela
    nedele nedelja nedjelja neljapaev nie niedz niedziela og on ons onsdag or osteguna
    ostirala ot otrd otrdiena pa patek paz pazar pazartesi pe penktadienis pentek per
    perjantaina persembe pet petak petek pi pia piatek piatok piektd piektdiena pirmadienis
    pirmd pirmdiena pk pn po pon pondeli pondelok ponedeljek ponedjeljak poniedziałek pr pt
    puhapaev pzt qua qui rab rabu reede sa sab sabado sabato sabtu sal salı sam sambata samedi
    samstag sat saturday se seg sekmadienis sel selasa sen senin sestadienis sestd sestdiena
    sex sk so sob sobota son sondag sonntag sr sre sreda sri srijeda sro sroda st streda
    stvrtok su sub subota sun sunday sunnuntai sunnuntaina sv svetd svetdiena sze szerda szo
    szombat sø søn søndag teisipaev ter th thu thursday ti tiistaina tir tirs tirsdag tis
    tisdag to tor torek tors torsdag torstaina tr treciadienis tresd tresdiena tu tue tuesday
    ty tysdag ut utery uto utorak utorok vasarnap ve ven vendredi venerdi venres vi vie
    viernes vin vineri vr vrijdag we wed wednesday wo woensdag wt wto wtorek xo xov xoves za
    zaterdag zo zondag δε δευ δευτερα κυ κυρ κυριακη πα παρ παρασκευη πε πεμ πεμπτη σα σαβ
    σαββατο τε τετ τεταρτη τρ τρι τριτη воскресенье вс вт вторник вівторок нд неделя неділя
    пʼятниця петък пн понеделник понедельник понеділок пт пятница сб середа ср среда сряда
    суббота субота събота четвер четверг четвъртък чт
    """.split()
)


def plain_day(text):
    """Return a day without its weekday and the words around; other texts as they are.

    >>> plain_day("So. 31.01.2027"), plain_day("31/01/2027 a las 14:30")
    ('31.01.2027', '31/01/2027 14:30')
    >>> plain_day("31 янв. 2027 г., 14:30"), plain_day("2027-01-31 (Sun)")
    ('31 янв. 2027, 14:30', '2027-01-31')
    >>> plain_day("Sun Street 12"), plain_day("Route 31.01.2027"), plain_day("Room 12 at 14:30")
    ('Sun Street 12', 'Route 31.01.2027', 'Room 12 14:30')
    """
    if len(text) > _LONGEST:
        return text
    if ":" in text:
        text = plain_time(text)
    # Millions of moments have no words at all.
    if " " not in text or text.lower() == text.upper():
        return text
    if (found := _IN_FRONT.match(text)) and fold(found[1]) in WEEKDAYS:
        text = text[found.end() :]
    if (found := _BEHIND.search(text)) and fold(found[1]) in WEEKDAYS:
        text = text[: found.start()]
    return _AT.sub(" ", _YEAR.sub("", text))


def plain_time(text):
    """Return a text that ends in a time with “am” or “pm” for the word of its language.

    >>> plain_time("2024. 3. 1. 오후 3:30"), plain_time("下午3:30"), plain_time("3:30\\xa0p.\\xa0m.")
    ('2024. 3. 1. 3:30 pm', '3:30 pm', '3:30 pm')
    >>> plain_time("12:15 μ.μ."), plain_time("01/03/2024 14:30"), plain_time("中午11:30")
    ('12:15 pm', '01/03/2024 14:30', '中午11:30')
    """
    # Millions of times end in what programs write.
    usual = text[-1:].isdigit() or text.endswith(_USUAL)
    if usual and text.isascii() and "M " not in text:
        return text
    text = text.translate(_SIGNS)
    if found := _HALF_IN_FRONT.search(text):
        text = f"{text[: found.start()]}{found['time']}"
    else:
        found = _HALF_BEHIND.search(text)
        text = text[: found.start()] if found else text
    return f"{text} {'am' if found['am'] else 'pm'}" if found else text
