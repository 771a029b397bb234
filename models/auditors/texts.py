"""Texts: what an export wraps around values, glues together, or writes for nothing."""

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..coverage.alike import fold
from ..coverage.patterns import has_any_of, matches
from ..coverage.sight import APART, any_of, is_wrapped, join_texts, plain_text
from .auditor import Auditor

_lt = LazyTranslate(__name__)

_ESCAPES = re.compile(
    r"_x[0-9A-F]{4}_|&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,6});", re.I
)
_IN_HTML = re.compile(r"_x[0-9A-F]{4}_|&amp;(?:amp|lt|gt|quot|#\d+);")
_ARMOUR = re.compile(r"^(?:=\"|'[=+\-@0-9]|\"=)|^=[\"(]")
_NOTHING = re.compile(
    # "Null" is the name of people; what programs write is in one case.
    r"\(?(?:null|NULL|nil|NIL|None|none|NaN|nan|n/a|N/A|#N/A|undefined|UNDEFINED"
    r"|\[object Object\]|true|True|TRUE|false|False|FALSE|\(?not set\)?)\)?"
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_ENCODED = re.compile(r"=\?[\w*.:-]+\?[bq]\?[^?\s]*\?=", re.I)
_ID = re.compile(r"(?=\w*\d)(?=\w*[a-z])[\w-]{10,}", re.I)
OF_OTHERS = ("company_name", "partner_name", "contact_name")
"""Names of whom a record belongs to: nothing that is made up for the record itself."""
NAMES = ("name", "summary", "contact_name", "partner_name", "display_name")
NOTHINGS = (
    *("null", "nil", "none", "nan", "n/a", "#N/A", "undefined", "true", "false"),
    *(r"\[object Object\]", r"\(?not set\)?"),
)
"""The words of ``_NOTHING``, to SQL."""
TEXTS = (*NAMES, "email", "email_from", "phone", "zip", "city", "street", "vat", "ref")


def _is_nothing_or_id(text):
    is_id = matches(text, [_UUID.pattern], r"^\s*", r"\s*$")
    return any_of(
        [
            matches(text, NOTHINGS, r"^\s*\(?", r"\)?\s*$"),
            SQL("%s AND %s", has_any_of(text, "-"), is_id),
        ]
    )


class Armour(Auditor):
    code = "armour"
    sentence = _lt("Signs that an export puts around a value were left in it.")
    signs = r"&[a-z#]|_x[0-9a-f]{4}_|=\?[\w*.:-]+\?"
    signs_of_html = r"&amp;(amp|lt|gt|quot|#)|_x[0-9a-f]{4}_|=\?[\w*.:-]+\?"

    def suspects(self, sight):
        plain, marked = sight.list_texts("char", "text"), sight.list_texts("html")
        if plain is None or marked is None:
            return None
        return SQL(
            "%s ~* %s OR %s ~* %s",
            *(join_texts(plain), rf"{self.signs}|{APART}[=\"']"),
            *(join_texts(marked), self.signs_of_html),
        )

    def audit(self, case, part):
        fields = part.record._fields
        for name, found in part.texts.items():
            if not found:
                continue
            escapes = _IN_HTML if fields[name].type == "html" else _ESCAPES
            hit = escapes.search(found) or (
                fields[name].type == "char" and _ARMOUR.match(found)
            )
            # An address of the web has its own "&amp;".
            if hit and not (name == "website" and "&" in hit[0]):
                yield name, found.replace(hit[0], ""), found
            elif told := self._decode(found):
                yield name, told, found

    def _decode(self, found):
        """Return a text without the encoding of a mail's header, None for any other."""
        hit = _ENCODED.search(found)
        try:
            return (
                found.replace(hit[0], str(make_header(decode_header(hit[0]))))
                if hit
                else None
            )
        except (LookupError, UnicodeError, HeaderParseError):
            return None  # nobody can read it


class NoName(Auditor):
    code = "no_name"
    sentence = _lt("A word for nothing, or an id of the source, became a name.")

    def suspects(self, sight):
        own = [sight.column(name) for name in NAMES[:-1] if name in sight.fields]
        others = [sight.column(name) for name in OF_OTHERS if name in sight.fields]
        if None in own or None in others:
            return None
        conditions = [_is_nothing_or_id(text) for text in own]
        conditions += [SQL("%s ~* %s", text, r"^\s*\w[\w-]{9,}\s*$") for text in others]
        for name, _field in sight.plan.link_fields_of(sight.mapping_id, sight.model):
            called = sight.name_of_linked(name)
            if called is None or not sight.is_linked_plainly(name):
                return None
            conditions.append(sight.has_linked(name, _is_nothing_or_id(called)))
        return any_of(conditions)

    def prepare(self, look, cases):
        texts = {
            part.record[name].strip()
            for case in cases
            for part in case.parts.values()
            for name in OF_OTHERS
            if name in part.record._fields and part.record[name]
        }
        self.ids = look.ids_among({text for text in texts if _ID.fullmatch(text)})

    def audit(self, case, part):
        for name in OF_OTHERS:
            if name in part.record._fields and (found := part.record[name]):
                if found.strip() in self.ids:
                    yield name, "", found
        for name in NAMES[:-1]:
            if name in part.record._fields and (found := part.record[name]):
                text = found.strip()
                if _NOTHING.fullmatch(text) or _UUID.fullmatch(text):
                    yield name, "", found
        for target, field in part.link_fields():
            for res_id in part.record[target].ids[:20]:
                text = case.look.display_of(field.comodel_name, res_id).strip()
                if _UUID.fullmatch(text) or (
                    _NOTHING.fullmatch(text) and field.comodel_name != "res.currency"
                ):
                    yield target, "", text


class GluedEntries(Auditor):
    code = "glued_entries"
    sentence = _lt("Several entries of a list became one.")

    def suspects(self, sight):
        conditions = []
        for name, field in sight.plan.link_fields_of(sight.mapping_id, sight.model):
            if field.type != "many2many":
                continue
            called = sight.name_of_linked(name)
            if called is None or not sight.is_linked_plainly(name):
                return None
            if field.comodel_name == "res.partner":
                return None  # Odoo shows the company as well
            conditions.append(sight.has_linked(name, SQL("%s ~ '[;|]'", called)))
        return any_of(conditions)

    def audit(self, case, part):
        for target, field in part.link_fields():
            if field.type != "many2many":
                continue
            for res_id in part.record[target].ids:
                text = case.look.display_of(field.comodel_name, res_id)
                if re.search(r"\S\s*[;|]\s*\S", text) and self._is_value(case, text):
                    yield target, re.sub(r"\s*[;|]\s*", ", ", text), text

    def _is_value(self, case, text):
        """Tell whether the source has it in a cell: a label of a choice is one entry."""
        wanted = fold(text)
        return any(
            isinstance(value, str) and wanted in fold(value)
            for value in case.payload.values()
        )


class GluedTexts(Auditor):
    """The end of one text of the payload runs into the beginning of another."""

    code = "glued_texts"
    sentence = _lt("Two texts run into each other.")

    def suspects(self, sight):
        """What is as one value of the payload, nothing runs into."""
        plain, marked = sight.list_texts("char", "text"), sight.list_texts("html")
        if plain is None or marked is None:
            return None
        said = [text for _name, text in sight.list_members()]
        if not said:
            return SQL("FALSE")
        given = SQL(", ").join(said)
        names = sight.list_text_names("char", "text")
        own = [SQL(", ").join([*sight.list_given(name), *said]) for name in names]
        odd = [
            # What a line takes for the field comes first: nearly always it is that.
            *(self._unless_said(*each) for each in zip(plain, own, strict=True)),
            *(self._unless_said_in_html(text, said, given) for text in marked),
        ]
        return self._runs_on(SQL(", ").join(odd), given) if odd else SQL("FALSE")

    def _unless_said(self, text, own):
        """Return SQL of a text, NULL where it is one of the payload or too short."""
        return SQL(
            "CASE WHEN %s IN (%s) AND octet_length(%s) <= 200 OR octet_length(%s) < 8"
            " THEN NULL ELSE %s END",
            *(text, own, text, text, text),
        )

    def _unless_said_in_html(self, text, said, given):
        shown = plain_text(text)
        return SQL(
            "CASE WHEN octet_length(%s) < 8 OR octet_length(%s) <= 200"
            " AND (%s IN (%s) OR %s OR %s IN (%s)) THEN NULL ELSE %s END",
            *(text, text, text, given),
            *(any_of(is_wrapped(text, each) for each in said), shown, given, shown),
        )

    def _runs_on(self, odd, given):
        """Return the condition that in one of some texts two of the payload stand so.

        :param odd: SQL of the texts; nearly always none is there
        """
        return SQL(
            "(COALESCE(%s) IS NOT NULL AND EXISTS ("
            " SELECT FROM unnest(ARRAY[%s]) AS odd (shown)"
            "  CROSS JOIN LATERAL (SELECT lower(%s) AS whole OFFSET 0) AS there"
            "  WHERE odd.shown IS NOT NULL AND EXISTS ("
            " WITH texts AS MATERIALIZED (SELECT short.text FROM ("
            "   SELECT lower(%s) AS text FROM unnest(ARRAY[%s]) AS member (text)"
            "    WHERE length(member.text) BETWEEN 6 AND 200 OFFSET 0) AS short"
            "    WHERE strpos(there.whole, short.text) > 0)"
            " SELECT FROM texts AS one, texts AS other"
            "  WHERE strpos(there.whole, one.text || other.text) > 0)))",
            *(odd, odd, plain_text(SQL("odd.shown"))),
            *(plain_text(SQL("member.text")), given),
        )

    def audit(self, case, part):
        texts = {folded for _key, text, folded in case.said() if 6 <= len(text) <= 200}
        if len(texts) < 2:
            return
        for name in part.texts:
            found = part.folded(name)
            if len(found) < 12 or found in texts:
                continue
            for text in texts:
                place = found.find(text)
                rest = found[place + len(text) :] if place >= 0 else ""
                if rest[:1].isalnum() and text[-1:].isalnum():
                    other = next(
                        (t for t in texts if t != text and rest.startswith(t)), None
                    )
                    if other:
                        yield name, f"{text} / {other}", found[:200]
                        break


class RepeatedHeader(Auditor):
    """A line of headings within the data: every value is the name of its column."""

    code = "header_line"
    sentence = _lt("A line of headings became a record.")
    models = ("res.partner", "crm.lead")

    def suspects(self, sight):
        same = [
            SQL(
                "CASE WHEN octet_length(%s) BETWEEN %s AND %s AND lower(btrim(%s)) IN %s"
                " THEN 1 ELSE 0 END",
                *(said, length := len(key.strip().encode()), length + 4, said),
                (key.strip().lower(), fold(key), key.strip()),
            )
            for key, said in sight.list_members()
            if key[:1] != "_"
        ]
        return SQL("%s >= 2", SQL(" + ").join([SQL("0"), *same]))

    def audit(self, case, part):
        pairs = [
            (fold(key), folded)
            for key, value, folded in case.said()
            if value.strip() and key[0] != "_"
        ]
        same = sum(key == value for key, value in pairs)
        if same >= 2 and same * 2 >= len(pairs):
            yield "name", "", part.record.display_name


class NetworkDomain(Auditor):
    code = "network_domain"
    sentence = _lt("The domain of a network or mail provider became a web site.")
    models = ("res.partner", "crm.lead")
    names = (
        *("linkedin", "facebook", "instagram", "twitter", "xing", "youtube", "tiktok"),
        *("gmail", "googlemail", "outlook", "hotmail", "yahoo", "gmx", "icloud", "x"),
    )
    before = r"^(?:https?://)?(?:www\.|[a-z]{2}\.)?"
    behind = r"\.(?:com|net|de|fr|co\.uk)/?$"
    hosts = re.compile(f"{before}(?:{'|'.join(names)}){behind}", re.I)

    def suspects(self, sight):
        return matches(sight.column("website"), self.names, self.before, self.behind)

    def audit(self, case, part):
        found = part.record.website
        if found and self.hosts.fullmatch(found):
            yield "website", "", found
