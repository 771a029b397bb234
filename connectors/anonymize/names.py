"""Invented words for the words of names: each word has one, wherever it stands.

So that the company of a person, a link by name and a mail address that is made of a name
agree with each other as they do in the source.
"""

import unicodedata
from functools import lru_cache

from .letters import make_word, script_of, to_ascii, with_accent

REMEMBERED = 100_000

HONORIFICS = """
    mr mrs ms miss mx dr prof sir dame herr frau fräulein hr fr m mme mlle mons madame
    monsieur señor señora sr sra sig signora signor dott ing dipl mag phd mba jr sr ii iii iv
    esq don doña
"""
LEGAL_FORMS = """
    gmbh mbh ag kg kgaa ohg gbr ug eg ev se inc incorporated llc llp lp ltd limited plc corp
    corporation co company sa sas sarl sàrl eurl snc spa srl srls bv nv vof cv oy oyj ab as
    asa aps kft zrt bt doo sro zoo sl slu lda ltda sgps eireli me pty pte kk gk ооо оао зао
    ип 有限公司 股份有限公司 株式会社 有限会社 주식회사
"""
PARTICLES = """
    von van vom zu zum zur der den dem die das de del della dello dei di da do dos das du des
    le la les el los las ter ten op 't al bin ibn ben y e i et and und en of the for für
"""
KEPT = frozenset(f"{HONORIFICS} {LEGAL_FORMS} {PARTICLES}".split())
"""Words of names that say nothing of who it is."""


class Names:
    """
    :param keyed: ``Keyed``
    """

    def __init__(self, keyed):
        self.keyed = keyed
        self.word = lru_cache(REMEMBERED)(self._word)
        self.prose = lru_cache(REMEMBERED)(self._prose)

    def _word(self, word, plain=False):
        """Return the invented word for one of a name; accents and case stay recognizable.

        :param word: letters, composed (NFC)
        :param plain: of an address: ASCII, whatever the word is written in
        """
        lower = word.lower()
        if lower in KEPT and not plain:
            return word
        folded = fold(word)
        script = "latin" if plain else script_of(word)
        number = self.keyed.number("word", folded)
        made = make_word(number, script, len(folded))
        if plain:
            return in_case(to_ascii(made), word)
        if script == "latin" and lower != folded:
            made = with_accent(made, self.keyed.number("accent", lower))
        return in_case(made, word)

    def _prose(self, before, word):
        """Return a word for one of a text: another one behind another word.

        What stands in texts is nobody's name to be found again, and common words are not
        told by how often they come.

        :param before: the word before it
        """
        number = self.keyed.number("prose", f"{fold(before)} {fold(word)}")
        return in_case(make_word(number, script_of(word), len(word)), word)


@lru_cache(REMEMBERED)
def fold(word):
    """Return what makes two words the same one.

    >>> fold("Müller"), fold("MULLER"), fold("Straße")
    ('muller', 'muller', 'strasse')
    """
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def in_case(made, word):
    """Write an invented word in the case of the one it stands for.

    >>> in_case("tolven", "MUSTER"), in_case("tolven", "Muster"), in_case("tolven", "muster")
    ('TOLVEN', 'Tolven', 'tolven')
    """
    if word.isupper():
        return made.upper() if len(word) > 1 else made.capitalize()
    return made.capitalize() if word[:1].isupper() else made
