"""SQL that takes off what two spellings of the same differ by."""

import json

from odoo.tools import SQL

from .name_words import (
    EMPTY_WORDS,
    LEGAL_FORMS,
    MAILBOXES,
    NICKNAMES,
    TITLES,
    TITLES_BEHIND,
)
from .web_domains import NOBODYS, is_below_network

SIGNIFICANT = 9
"""Last digits of a telephone number that are compared: without prefixes and codes."""


def fold(text):
    """Lower case without accents and signs; ä, ae and a are one. Words stay apart.

    Dots go without a trace: G.m.b.H. is one word.
    """
    plain = SQL(
        "CASE WHEN octet_length(%(text)s) = length(%(text)s) THEN lower(%(text)s)"
        " ELSE regexp_replace(normalize("
        "translate(replace(lower(%(text)s), 'ß', 'ss'), 'øłđðæœþı', 'olddaoti'), NFD),"
        " '[\\u0300-\\u036f]', '', 'g') END",
        text=text,
    )
    return SQL(
        "trim(regexp_replace(replace(replace(replace("
        "regexp_replace(%s, '[.''’`´]', '', 'g'), 'ae', 'a'), 'oe', 'o'), 'ue', 'u'),"
        " '[^[:alnum:]]+', ' ', 'g'))",
        plain,
    )


def write_forwards(name):
    """Put “Weber, Karl” the other way around; leave out titles behind the comma."""
    behind = SQL("split_part(%s, ',', 2)", name)
    # Most names have no comma, and nothing of what is behind it is to be folded.
    return SQL(
        "CASE WHEN strpos(%(name)s, ',') = 0 THEN %(name)s"
        " WHEN string_to_array(NULLIF(%(behind)s, ''), ' ') <@ %(titles)s::text[]"
        " THEN split_part(%(name)s, ',', 1)"
        " WHEN position(',' in %(name)s) > 0 AND NOT"
        " string_to_array(%(behind)s, ' ') && %(titles)s::text[]"
        " THEN concat_ws(' ', %(given)s, split_part(%(name)s, ',', 1))"
        " ELSE %(name)s END",
        name=name,
        behind=fold(behind),
        given=behind,
        titles=TITLES_BEHIND,
    )


def email(text):
    """The first address in a text, also where a name stands around it."""
    return SQL(
        "substring(lower(%s) from '[^[:space:]<>\",;]+@[^[:space:]<>\",;]+')", text
    )


def is_mailbox(address):
    """Tell of an address whether several read it: info@, info.berlin@."""
    return SQL(
        "substring(%s from '^[^@._-]+') = ANY(%s::text[])", address, sorted(MAILBOXES)
    )


def vat(text):
    """A tax number without blanks and points; too short a one says nothing."""
    plain = SQL("upper(regexp_replace(%s, '[^[:alnum:]]+', '', 'g'))", text)
    return SQL("CASE WHEN length(%(vat)s) > 5 THEN %(vat)s END", vat=plain)


def domain(website, address):
    """The web domain of a company; never one that everybody can have a page or address at."""
    host = SQL(
        "lower(regexp_replace(regexp_replace(%s, '^[a-z]+://', '', 'i'),"
        " '^www\\.|[/:?#].*$', '', 'gi'))",
        website,
    )
    return SQL(
        "(SELECT CASE WHEN %(host_counts)s THEN host WHEN %(mail_counts)s THEN mail END"
        " FROM (SELECT %(host)s AS host, lower(split_part(%(email)s, '@', 2)) AS mail"
        " OFFSET 0) AS named)",
        host=host,
        email=address,
        host_counts=_is_somebodys(SQL("host")),
        mail_counts=_is_somebodys(SQL("mail")),
    )


def _is_somebodys(found):
    return SQL(
        "%s <> '' AND %s NOT IN %s AND NOT %s",
        *(found, found, tuple(sorted(NOBODYS)), is_below_network(found)),
    )


def dial(text):
    """The digits of a telephone number, with its ``+``, without an extension."""
    return SQL(
        "regexp_replace(regexp_replace(regexp_replace(lower(%s),"
        " '(ext|x|durchwahl|dw)[. ]*[0-9]+ *$', ''), '\\(0\\)', '', 'g'),"
        " '[^0-9+]+', '', 'g')",
        text,
    )


def significant(dialed, code):
    """What is left of a number without its codes, as far as it is compared.

    :param dialed: as ``dial`` leaves it
    :param code: country code of those that have none
    """
    full = SQL(
        "CASE WHEN left(%(dialed)s, 1) = '+' THEN substr(%(dialed)s, 2)"
        " WHEN left(%(dialed)s, 2) = '00' THEN substr(%(dialed)s, 3) END",
        dialed=dialed,
    )
    return SQL(
        "(SELECT CASE WHEN length(rest) > 5 THEN right(rest, %(length)s) END FROM ("
        "SELECT ltrim(CASE WHEN starts_with(number, %(code)s)"
        " THEN substr(number, %(start)s) ELSE COALESCE(number, %(dialed)s) END, '0') AS rest"
        " FROM (SELECT %(full)s AS number) AS told) AS short)",
        length=SIGNIFICANT,
        code=code,
        start=len(code) + 1,
        dialed=dialed,
        full=full,
    )


def get_words(folded, is_company):
    """The words of a folded name that tell who it is."""
    # One list for all rows of a kind: PostgreSQL looks words up in it by their hash.
    company, person = (
        SQL(
            "ARRAY(SELECT word FROM unnest(string_to_array(%s, ' '))"
            " WITH ORDINALITY AS found (word, place)"
            " WHERE word <> '' AND word <> ALL(%s::text[]) ORDER BY place)",
            folded,
            list(words),
        )
        for words in ((*LEGAL_FORMS, *EMPTY_WORDS), TITLES)
    )
    return SQL("CASE WHEN %s THEN %s ELSE %s END", is_company, company, person)


def get_legal_form(folded):
    """The legal form within a folded name, always written alike."""
    return SQL(
        "(SELECT replace(replace(NULLIF(string_agg(forms ->> word, '' ORDER BY place), ''),"
        " 'gmbh', 'mbh'), 'gesmbh', 'mbh')"
        " FROM unnest(string_to_array(%(folded)s, ' ')) WITH ORDINALITY"
        " AS found (word, place), (SELECT %(forms)s::jsonb AS forms) AS known)",
        folded=folded,
        forms=json.dumps(LEGAL_FORMS),
    )


def call_in_full(word):
    """The first name that a short form stands for."""
    return SQL("COALESCE(%s::jsonb ->> %s, %s)", json.dumps(NICKNAMES), word, word)


def similarity(one, other, has_trigram):
    """How alike two texts are, as ``pg_trgm`` says, or counted here where it is not."""
    if has_trigram:
        return SQL("similarity(%s, %s)", one, other)
    return SQL(
        "(SELECT count(*) FILTER (WHERE sides = 2)::real / NULLIF(count(*), 0) FROM ("
        "SELECT count(DISTINCT side) AS sides FROM (VALUES (1, %s), (2, %s))"
        " AS text (side, written), unnest(string_to_array(written, ' ')) AS word,"
        " generate_series(1, length(word) + 1) AS place"
        " GROUP BY substr('  ' || word || ' ', place, 3)) AS trigrams)",
        one,
        other,
    )
