"""SQL that compares two records, sign by sign, and counts what the rules say of it.

``one`` and ``other`` are rows of the table of keys, see ``match_marks``.
"""

from odoo.tools import SQL

from .folding import similarity
from .rules import COMPANY, LEAD, PERSON, RULES

ALIKE_WORD, ALIKE_NAME, ALIKE_STREET = 0.4, 0.6, 0.4
"""Similarity from which two words, names or streets may be one with a slip in it."""

SIGNS = tuple(dict.fromkeys(rule.sign for rule in RULES))


def compare(pairs, has_trigram):
    """Return the query of pairs with a column for each sign.

    :param pairs: what stands behind FROM: ``pair`` with its two keys, ``one`` and ``other``
    """

    def alike(column, least):
        one, other = SQL.identifier("one", column), SQL.identifier("other", column)
        return SQL("%s >= %s", similarity(one, other, has_trigram), least)

    return SQL(
        """
        SELECT pair.id, pair.other_id, one.stream, one.kind, %(name)s AS name,
               %(email)s AS email, %(address)s AS address, %(equals)s
          FROM %(pairs)s
         CROSS JOIN LATERAL (SELECT %(given)s AS given, %(family)s AS family
                             OFFSET 0) AS part
        """,
        pairs=pairs,
        given=_compare_given(alike),
        family=_compare_family(alike),
        name=_compare_names(alike),
        email=_compare_emails(has_trigram),
        address=_compare_addresses(alike),
        equals=SQL(", ").join(
            SQL("%s AS %s", SQL(query), SQL.identifier(sign))
            for sign, query in EQUALS.items()
        ),
    )


EQUALS = {
    "vat": "CASE WHEN one.vat = other.vat THEN 'same'"
    " WHEN one.vat <> other.vat THEN 'other' END",
    # An address says more than its domain.
    "domain": "CASE WHEN one.domain = other.domain"
    " AND (one.email = other.email) IS NOT TRUE THEN 'same'"
    " WHEN one.domain <> other.domain THEN 'other' END",
    "phone": "CASE WHEN one.phone = other.phone THEN 'same'"
    " WHEN one.phone <> other.phone THEN 'other' END",
    "employer": "CASE WHEN one.employer = other.employer THEN 'same' END",
    "amount": "CASE WHEN one.amount = other.amount THEN 'same'"
    " WHEN one.amount <> other.amount THEN 'other' END",
    "generation": "CASE WHEN one.generation IS DISTINCT FROM other.generation"
    " THEN 'other' END",
    "legal_form": "CASE WHEN one.legal_form <> other.legal_form THEN 'other'"
    " WHEN one.legal_form IS DISTINCT FROM other.legal_form THEN 'missing' END",
    "contact": "CASE WHEN one.contact = other.contact THEN 'same' END",
}


def _compare_given(alike):
    """Karl and Karel are alike, Jan and Jana, Maria and Marie are not."""
    return SQL(
        """CASE WHEN one.given = other.given THEN 'same'
                WHEN LEAST(length(one.given), length(other.given)) = 1
                THEN CASE WHEN left(one.given, 1) = left(other.given, 1)
                          THEN 'initial' END
                WHEN rtrim(one.given, 'aeo') = rtrim(other.given, 'aeo') THEN NULL
                WHEN LEAST(length(one.given), length(other.given)) > 2
                 AND abs(length(one.given) - length(other.given)) > 2
                 AND (starts_with(one.given, other.given)
                      OR starts_with(other.given, one.given))
                  OR %s OR left(one.given, 1) = left(other.given, 1) AND %s
                THEN 'alike' END""",
        alike("given", ALIKE_WORD),
        _is_slip("given"),
    )


def _is_slip(column):
    """One letter too many, another one, or two in the wrong order: Joahnn for Johann."""
    return SQL(
        """(SELECT longest > 3 AND (
                       before + behind >= longest - 1
                       OR length(one) = length(two) AND before + behind = longest - 2
                      AND substr(one, before + 1, 1) = substr(two, before + 2, 1)
                      AND substr(one, before + 2, 1) = substr(two, before + 1, 1))
              FROM (SELECT one.%(column)s AS one, other.%(column)s AS two,
                           GREATEST(length(one.%(column)s), length(other.%(column)s))
                           AS longest) AS words,
                   LATERAL (SELECT count(*) FILTER (WHERE left(one, n) = left(two, n))::int
                                   AS before,
                                   count(*) FILTER (WHERE right(one, n) = right(two, n))::int
                                   AS behind
                              FROM generate_series(1, longest) AS n
                             WHERE n <= length(one) AND n <= length(two)) AS ends)""",
        column=SQL.identifier(column),
    )


def _compare_family(alike):
    return SQL(
        """CASE WHEN one.family = other.family THEN 'same'
                WHEN one.family = ANY(other.words) OR other.family = ANY(one.words)
                  OR %s OR %s THEN 'alike' END""",
        alike("family", ALIKE_WORD),
        _is_slip("family"),
    )


def _compare_names(alike):
    """Say how two names go together; one letter alone says nothing."""
    stranger = SQL(
        "CASE WHEN one.kind = %s AND (one.email = other.email AND NOT one.is_mailbox)"
        " IS NOT TRUE THEN 'stranger' ELSE 'other' END",
        PERSON,
    )
    return SQL(
        """CASE WHEN length(one.plain) < 2 OR length(other.plain) < 2
                  OR one.plain IS NULL OR other.plain IS NULL THEN NULL
                WHEN one.digits IS DISTINCT FROM other.digits THEN %(stranger)s
                WHEN one.plain = other.plain
                THEN CASE WHEN one.kind = %(person)s
                           AND LEAST(cardinality(one.words), cardinality(other.words)) = 1
                          THEN 'single' ELSE 'same' END
                WHEN one.kind <> %(person)s
                THEN CASE WHEN one.kind = %(company)s
                           AND (one.words <@ other.words OR other.words <@ one.words)
                          THEN 'part' WHEN %(name)s OR %(slip)s THEN 'alike'
                          ELSE 'other' END
                WHEN LEAST(cardinality(one.words), cardinality(other.words)) = 1
                THEN CASE WHEN one.words && other.words OR %(name)s
                          THEN 'initial' ELSE %(stranger)s END
                WHEN part.given = 'same' AND part.family = 'same' THEN 'full'
                WHEN part.given = 'initial' AND part.family = 'same' THEN 'initial'
                WHEN part.given IN ('same', 'alike') AND part.family IS NOT NULL
                 AND 'same' IN (part.given, part.family) THEN 'alike'
                WHEN part.given IS NULL AND part.family = 'same' THEN 'family'
                WHEN %(name)s THEN 'alike'
                WHEN part.given = 'same'
                THEN CASE WHEN one.email = other.email AND NOT one.is_mailbox
                          THEN 'married' ELSE 'given' END
                ELSE %(stranger)s END""",
        stranger=stranger,
        person=PERSON,
        company=COMPANY,
        name=alike("joined", ALIKE_NAME),
        slip=_is_slip("plain"),
    )


def _compare_emails(has_trigram):
    local = (
        SQL("split_part(%s.email, '@', 1)", SQL.identifier(side))
        for side in ("one", "other")
    )
    return SQL(
        """CASE WHEN one.email = other.email
                THEN CASE WHEN one.is_mailbox THEN 'mailbox' ELSE 'same' END
                WHEN split_part(one.email, '@', 2) = split_part(other.email, '@', 2)
                 AND NOT one.is_mailbox AND NOT other.is_mailbox AND %s >= %s THEN 'alike'
                WHEN one.email <> other.email THEN 'other' END""",
        similarity(*local, has_trigram),
        ALIKE_NAME,
    )


def _compare_addresses(alike):
    return SQL(
        """CASE WHEN one.zip <> other.zip
                THEN CASE WHEN one.phone = other.phone THEN 'moved' ELSE 'other' END
                WHEN one.street IS NULL OR other.street IS NULL
                  OR COALESCE(one.zip, one.city) IS NULL
                  OR COALESCE(other.zip, other.city) IS NULL THEN NULL
                WHEN (one.zip = other.zip
                      OR (one.zip IS NULL OR other.zip IS NULL) AND one.city = other.city)
                 AND one.number IS NOT DISTINCT FROM other.number
                 AND (starts_with(one.street, other.street)
                      OR starts_with(other.street, one.street) OR %s) THEN 'same'
                WHEN one.phone = other.phone THEN 'moved'
                ELSE 'other' END""",
        alike("street", ALIKE_STREET),
    )


def get_score():
    """Return the SQL of the score of a row of signs, between 0 and 100."""
    return SQL(
        "GREATEST(0, LEAST(%s, 100, %s))",
        SQL(" + ").join(
            SQL(
                "COALESCE(CASE %s %s END, 0)",
                SQL.identifier(sign),
                _by_value(sign, "points"),
            )
            for sign in SIGNS
        ),
        SQL(", ").join(
            SQL("CASE %s %s END", SQL.identifier(sign), _by_value(sign, "most"))
            for sign in SIGNS
        ),
    )


def _by_value(sign, member):
    return SQL(" ").join(
        SQL(
            "WHEN %s THEN CASE kind WHEN %s THEN %s WHEN %s THEN %s ELSE %s END",
            rule.value,
            PERSON,
            getattr(rule, member)[PERSON],
            COMPANY,
            getattr(rule, member)[COMPANY],
            getattr(rule, member)[LEAD],
        )
        for rule in RULES
        if rule.sign == sign
    )


def get_evidence(words, speaks_for):
    """Return the SQL of what speaks for two being one, or against it.

    :param words: sign and value → how it is said
    """
    said = [
        SQL(
            "CASE WHEN %s = %s AND CASE kind WHEN %s THEN %s WHEN %s THEN %s ELSE %s END"
            " THEN %s END",
            SQL.identifier(rule.sign),
            rule.value,
            PERSON,
            _is_said(rule, PERSON, speaks_for),
            COMPANY,
            _is_said(rule, COMPANY, speaks_for),
            _is_said(rule, LEAD, speaks_for),
            words[f"{rule.sign} {rule.value}"],
        )
        for rule in RULES
        if f"{rule.sign} {rule.value}" in words
    ]
    return SQL("NULLIF(concat_ws(', ', %s), '')", SQL(", ").join(said))


def _is_said(rule, kind, speaks_for):
    points = rule.points[kind]
    return points > 0 if speaks_for else points < 0
