"""Who wants no mail: a flag beside an address becomes an entry of the blacklist."""

from dataclasses import replace

from ..core.sentences import _lt
from ..mapping.vocabulary import is_one_of, is_set, mapping
from .conditions import called, is_flag, yes_words
from .evidence import texts_of

NO_MAIL = (
    *("email opt out", "opt out of email", "opted out of email", "email opted out"),
    *("has opted out of email", "unsubscribed", "is unsubscribed", "opted out"),
    *("unsubscribed from all email", "unsubscribed from emails", "opt out", "optout"),
    *("do not email", "donotemail", "do not allow emails", "no email", "no emails"),
    *("do not bulk email", "donotbulkemail", "do not allow bulk emails"),
    *("subscription status", "email subscription status", "email subscription"),
    *("email marketing opt out", "marketing opt out", "newsletter opt out"),
)
_REFUSED = ("do not allow", "donotallow", "opted out", "opt-out", "unsubscribed")
"""Words of a column that has words: Dataverse's *Allow* and *Do Not Allow*, for instance."""
_ADDRESS = ("email", "email_from")


def with_opt_outs(item, mappings, columns):
    """Return the mappings of people, and for each flag what enters its yes in the blacklist.

    An opt-out that only stood in the notes would be forgotten by the next mailing. A flag
    whose words nobody knows stays with the notes; a row without an address has no entry.

    :param item: the ``Mapping`` of all contacts, leads or companies
    :param mappings: what these are shared out to
    :param columns: the stream's ``Column``s by name
    """
    address = next((f for f in item.fields if f.target in _ADDRESS), None)
    told = (
        [
            (column, words)
            for column in called(columns, NO_MAIL)
            if (words := _words_for_no(column))
        ]
        if address
        else []
    )
    if not told:
        return mappings
    reason = _lt("becomes an entry of the blacklist, where there is an address")
    ignored = {column.name: reason for column, _words in told}
    return (
        *(replace(m, ignored={**m.ignored, **ignored}) for m in mappings),
        *(_entry(item, address, *each) for each in told),
    )


def _words_for_no(column):
    """Return the values by which the column says that somebody wants no mail."""
    if is_flag(column):
        return yes_words(column)
    texts = texts_of(column)
    refused = tuple(t for t in texts if t.strip().casefold() in _REFUSED)
    allowed = {"allow", "allowed", "subscribed", "opted in", "opt-in"}
    rest = {t.strip().casefold() for t in texts} - allowed - set(_REFUSED)
    return refused if not rest else ()


def _entry(item, address, column, words):
    return mapping(
        item.stream,
        "mail.blacklist",
        replace(address, target="email", required=True),
        after=item.after,
        when=(*item.when, is_one_of(column.name, *words), is_set(address.source)),
        part=f"opt_out_{column.name}",
        label=_lt("Opt-outs"),
    )
