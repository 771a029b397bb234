"""Links: one name of several, a state of another country, entries out of use."""

from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..coverage.alike import fold
from ..coverage.sight import any_of, get_column
from .auditor import Auditor

_lt = LazyTranslate(__name__)

LISTS = (
    *("crm.tag", "crm.team", "crm.lost.reason", "res.partner.industry"),
    *("res.partner.category", "utm.source", "utm.medium", "utm.campaign", "crm.stage"),
)


class AmbiguousName(Auditor):
    """A name that several staged records bear, and nothing else that tells them apart."""

    code = "ambiguous_name"
    sentence = _lt(
        "Several records have this name, and nothing says that it is this one."
    )
    few = 1000
    """Names that several records bear, of which SQL asks for each."""

    def suspects(self, sight):
        conditions = []
        for probe, paths in sight.plan.lines_of(sight.mapping_id):
            for stream, member in probe.declared.members:
                shared = sight.look._shared_names(stream, member)
                if len(shared) > self.few:
                    return None
                conditions += [
                    self._bears(sight.say_at(path), shared) for path in paths if shared
                ]
        return any_of(conditions)

    def _bears(self, said, shared):
        """Return the condition that a text may be one of the names."""
        is_ascii = all(map(str.isascii, shared))
        return SQL(
            "lower(regexp_replace(%s, %s, '', 'g')) = ANY(%s) OR %s AND %s ~ '[^\x01-\x7f]'",
            *(said, r"^\s+|\s+$", list(shared), not is_ascii, said),
        )

    def prepare(self, look, cases):
        self.shared_names = look.shared_names_of(
            {
                (stream, member, str(value).strip().lower())
                for case in cases
                for part in case.parts.values()
                for _target, value, stream, member in part.named_links()
                if isinstance(value, str)
            }
        )

    def audit(self, case, part):
        if part.is_of_earlier_reading():
            return  # whom it meant then, it means now
        for target, value, stream, member in (
            part.named_links() if self.shared_names else ()
        ):
            if not isinstance(value, str):
                continue
            key = (stream, member, value.strip().lower())
            if key not in self.shared_names or not self._linked(part, target, value):
                continue
            if part.is_linked_by_id(target) or self._agrees(case, part, target, value):
                continue
            names = "; ".join(self._linked(part, target, value))
            yield self._name(part, target), "", names

    def _name(self, part, target):
        return {"@thread": "res_id", "@author": "author_id"}.get(target, target)

    def _linked(self, part, target, value):
        """Return the names, as Odoo shows them, of the linked records that bear the name."""
        look, wanted = part.case.look, fold(value)
        names = [look.display_of(*pair) for pair in part.linked(target)]
        # Odoo shows a contact behind its company, whose name is not the contact's.
        return [
            name
            for name in names
            if fold(name) == wanted or fold(name).endswith(f", {wanted}")
        ]

    def _agrees(self, case, part, target, value):
        """Tell whether something else in the payload fits the one that was chosen."""
        others = [
            fold(text)
            for text in case.payload.values()
            if isinstance(text, str) and 3 <= len(text) <= 120 and text != value
        ]
        for model, res_id in part.linked(target):
            facts = case.look.facts_of(model, res_id) - {fold(value)}
            if facts & set(others):
                return True
            # No company is named, and this is the one who has none.
            if model == "res.partner" and case.look.is_alone_without_company(res_id):
                return True
        return False


class StateElsewhere(Auditor):
    code = "state_elsewhere"
    sentence = _lt("The state is not one of the record's country, or changed it.")
    models = ("res.partner", "crm.lead")

    def suspects(self, sight):
        """The state is of the country that is named, and is where it belongs."""
        country = get_column(
            sight.look.env, sight.model.country_id._fields["name"], "other"
        )
        said = sight.list_given("country_id")
        if len(said) != 1:
            named = SQL("FALSE")
        else:
            named = SQL("COALESCE(%s, '') IN (%s, other.code)", said[0], country)
        return SQL(
            "record.state_id IS NOT NULL AND NOT EXISTS (SELECT FROM res_country AS other"
            " JOIN res_country_state AS state ON state.country_id = other.id"
            " WHERE state.id = record.state_id AND other.id = record.country_id AND %s)",
            named,
        )

    def audit(self, case, part):
        record = part.record
        state, country = record.state_id, record.country_id
        if not state:
            return
        given = [v for _p, v in part.given("country_id") if isinstance(v, str)]
        if country and state.country_id != country:
            yield "state_id", country.name, state.display_name
        elif given and country and not self._is_country(case, part, given[0], country):
            yield "country_id", given[0], country.name
        elif not given and part.given("state_id") and self._is_common(case, state):
            yield "state_id", "", state.display_name

    def _is_country(self, case, part, text, country):
        wanted = fold(text)
        if wanted in (fold(country.name), fold(country.code)):
            return True
        for name in part.lists("country_id"):
            if case.look.decisions.get((name, text.strip())):
                return True  # somebody decided what the word means
        return len(wanted) > 3 and (wanted in fold(country.name))

    def _is_common(self, case, state):
        """Tell whether the code or the name of a state is that of others as well."""
        return case.look.is_common_state(state)


class OutOfUse(Auditor):
    code = "out_of_use"
    sentence = _lt("It was linked to an entry that is archived in Odoo.")

    def suspects(self, sight):
        conditions = []
        for name, field in sight.plan.link_fields_of(sight.mapping_id, sight.model):
            entry = sight.look.env.get(field.comodel_name)
            if field.comodel_name not in LISTS or "active" not in entry._fields:
                continue
            if not sight.is_linked_plainly(name):
                return None
            archived = SQL("other.active IS NOT TRUE")
            conditions.append(sight.has_linked(name, archived))
        return any_of(conditions)

    def audit(self, case, part):
        record = part.record
        for target, field in part.link_fields():
            if field.comodel_name not in LISTS:
                continue
            for entry in record[target]:
                if "active" in entry._fields and not entry.active:
                    yield target, "", entry.display_name


class HangsNowhere(Auditor):
    """What the load puts nowhere nobody finds: that is in no list of anybody's."""

    code = "hangs_nowhere"
    sentence = _lt("It hangs on no record: nobody finds it.")
    models = ("mail.message", "ir.attachment")

    def suspects(self, sight):
        name = "model" if "model" in sight.fields else "res_model"
        columns = sight.column(name), sight.column("res_id")
        return SQL("COALESCE(%s, '') = '' OR COALESCE(%s, 0) = 0", *columns)

    def audit(self, case, part):
        if not part.bearer_pairs():
            yield "res_id", "", part.record.display_name
