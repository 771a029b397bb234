"""People and companies in one table, told apart by a column: Capsule's *Type*."""

from ..mapping.vocabulary import Step, field, one_link
from .columns_links import COMPANY
from .evidence import texts_of
from .names import object_of
from .references import member_of

_TYPE = (
    *("type", "record type", "contact type", "party type", "kind", "adresstyp"),
    *("typ", "art", "tipo", "kontaktart", "kontakttyp"),
)
_PEOPLE = frozenset(
    "individual person ansprechpartner einzelkontakt einzelperson privatperson kontakt"
    " personne persona pessoa persoon osoba".split()
)
_OBJECTS = ("companies", "contacts")


def is_company(text):
    """Return whether a word means a company, None of another word.

    >>> [is_company(text) for text in ("Organisation", "Firma", "Person", "Prospect")]
    [True, True, False, None]
    """
    if text.strip().casefold() in _PEOPLE:
        return False
    known = object_of(text)
    return known == "companies" if known in _OBJECTS else None


def tell_parties_apart(fields, found, streams):
    """Let a column of the table say which rows are companies, and link people to them."""
    column = next(
        (c for _n, c in found.named(_TYPE) if not found.is_used(c.name)), None
    )
    words = {text: is_company(text) for text in texts_of(column)} if column else {}
    if True not in words.values() or None in words.values():
        return
    yes_no = {text: "yes" if is_one else "no" for text, is_one in words.items()}
    steps = (Step("replace_values", (yes_no,)), Step("boolean"))
    fields["is_company"] = field("is_company", column.name, *steps)
    found.take("is_company", column.name)
    stream, _columns = streams.get("contacts", ("", {}))
    company = next((c for _n, c in found.named(COMPANY) if texts_of(c)), None)
    if "parent_id" in fields or not company or not stream:
        return
    name = member_of("contacts", "name", found.all)
    if name and name in found.all and name != company.name:
        pair = [stream, name, {"label": company.name}]
        step = Step("lookup_several_by", ([pair],))
        fields["parent_id"] = field("parent_id", (company.name,), step, one_link)
