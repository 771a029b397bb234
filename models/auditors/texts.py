"""Texts: what an export wraps around values, glues together, or writes for nothing."""

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from odoo.tools.translate import LazyTranslate

from ..coverage.alike import fold
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
TEXTS = (*NAMES, "email", "email_from", "phone", "zip", "city", "street", "vat", "ref")


class Armour(Auditor):
    code = "armour"
    sentence = _lt("Signs that an export puts around a value were left in it.")

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
    hosts = re.compile(
        r"(?:https?://)?(?:www\.|[a-z]{2}\.)?(?:linkedin|facebook|instagram|twitter|xing"
        r"|youtube|tiktok|gmail|googlemail|outlook|hotmail|yahoo|gmx|icloud|x)"
        r"\.(?:com|net|de|fr|co\.uk)/?",
        re.I,
    )

    def audit(self, case, part):
        found = part.record.website
        if found and self.hosts.fullmatch(found):
            yield "website", "", found
