"""The likeliest fields for a column of the source, each with a score and why.

Offline, on the registry as it is. What was decided before about a column of that name
stands first; then names and labels, the type, what the values look like, whether Odoo or
another object of the source has them, and how much of the column is filled.
"""

from typing import NamedTuple

from odoo.models import MAGIC_COLUMNS

from ..words.mapping import PLACES
from ..words.messages import agreed
from .custom_objects import is_custom_object
from .decided_before import DECIDED, get_decided
from .field_kinds import KINDS, STEPS, SYNONYMS, normalize
from .likeness import as_texts, get_similarities, look, plain
from .values_known import find_links, find_listed

BEST = 3
LEAST = 15
SAME, SYNONYM, SIMILAR = 1.0, 0.9, 0.85
UNSURE = 80
"""As sure as a name may be that is but alike, or that no value bears out."""
NEVER_FILLED, HARDLY_FILLED = 30, 60
FEW = 0.01

UNLISTED = 0.25
"""What it counts that Odoo has none of the values of a list."""

LISTS = {"many2one", "many2many", "selection"}
LOOKS = {
    "email": ("email",),
    "phone": ("phone", "mobile", "fax", "tel"),
    "address": ("website", "url", "link"),
}
"""What values look like → words in the names of fields that hold such."""
DATES = {"@created_at": "createdate", "@updated_at": "writedate"}
_PLACE_WORDS = {
    "@created_at": {"created", "createdat", "createdon", "createddate", "creationdate"},
    "@updated_at": {"updated", "updatedat", "modified", "lastmodified", "modifiedon"},
}


class Suggestion(NamedTuple):
    """A target, its score in percent, why, and the steps where they are special."""

    target: str
    score: int
    reason: str
    steps: list | None = None


class Candidate(NamedTuple):
    """A field that may be filled: its type, and the names that it goes by."""

    name: str
    kind: str
    relation: str
    words: frozenset
    texts: tuple
    label: str


class Suggester:
    """Suggests for many columns of one mapping at once: a handful of queries for all."""

    def __init__(self, env, mapping):
        self.env, self.mapping, self.job = env, mapping, mapping.job_id
        self.candidates = self._get_candidates()

    def _get_candidates(self):
        """Return the writable stored fields, with their labels in every language here."""
        name = self.mapping.model_name
        if is_custom_object(name) and name not in self.env:
            return {}
        model = self.env[name].sudo()
        labels = {}
        for lang, _name in self.env["res.lang"].get_installed():
            localized = model.with_context(lang=lang)
            for field, about in localized.fields_get(attributes=["string"]).items():
                labels.setdefault(field, []).append(about["string"])
        own = model.fields_get(attributes=["string"])
        found = {
            field.name: self._as_candidate(field, labels, own[field.name]["string"])
            for field in model._fields.values()
            if is_target(field) and field.name in own
        }
        for place, words in _PLACE_WORDS.items():
            label = str(self.env._(PLACES[place]))
            texts = (plain(label),)
            words = frozenset({*words, normalize(label)})
            found[place] = Candidate(place, "datetime", "", words, texts, label)
        return found

    def _as_candidate(self, field, labels, label):
        names = [field.name.removesuffix("_id"), *labels.get(field.name, ())]
        return Candidate(
            field.name,
            field.type,
            field.comodel_name or "",
            frozenset(map(normalize, (*names, field.name))),
            tuple(
                dict.fromkeys(
                    form
                    for text in (*names, *SYNONYMS.get(field.name, ()))
                    for form in (plain(text), plain(text).replace(" ", ""))
                )
            ),
            label,
        )

    def suggest(self, columns, best=BEST):
        """Return column → its ``Suggestion``s, the likeliest first.

        :param columns: path → figures, as of ``Proposer.keep_sample``
        """
        texts = {path: as_texts(each["samples"]) for path, each in columns.items()}
        names = {
            path: {
                form
                for text in (path.rpartition(".")[2], each["label"])
                for form in (plain(text), plain(text).replace(" ", ""))
            }
            for path, each in columns.items()
        }
        known = [text for each in self.candidates.values() for text in each.texts]
        alike = get_similarities(
            {name for each in names.values() for name in each},
            known,
            self.env.cr if self.env.registry.has_trigram else None,
        )
        by_name = {}
        for (name, text), likeness in alike.items():
            by_name.setdefault(name, {})[text] = likeness
        listed = find_listed(self.env, self.mapping, self.candidates, texts)
        links = find_links(self.job, self.mapping.stream_id, texts)
        decided = get_decided(self.env, self.mapping)
        found = {}
        for path, figures in columns.items():
            near = {}
            for name in names[path]:
                for text, likeness in by_name.get(name, {}).items():
                    near[text] = max(near.get(text, 0), likeness)
            column = Column(path, figures, texts[path], near, listed, links)
            ranked = [self._score(column, each) for each in self.candidates.values()]
            ranked = [each for each in ranked if each and each.score >= LEAST]
            ranked.sort(key=lambda each: -each.score)
            found[path] = self._begin_with(decided, path, figures, ranked)[:best]
        return found

    def _begin_with(self, decided, path, figures, ranked):
        for name in (normalize(path), normalize(figures["label"])):
            target, job = decided.get(name, (None, None))
            if target in self.candidates:
                reason = self.env._("Decided so before, in “%(job)s”.", job=job)
                first = Suggestion(target, DECIDED, reason)
                others = [each for each in ranked if each.target != target]
                return [first, *(e._replace(score=min(e.score, 94)) for e in others)]
        return ranked

    def _score(self, column, candidate):
        """Return the ``Suggestion`` of a field for a column, None where it cannot be."""
        name, why = self._compare_names(column, candidate)
        values, told = self._compare_values(column, candidate)
        if (not name and values < 1) or not column.fits(candidate):
            return None
        score = 70 * name + 10 * column.get_share_of_kind(candidate) + 20 * values
        if values == 0:
            score *= 0.5
        if name < SYNONYM or not column.texts:
            score = min(score, UNSURE)
        if candidate.kind in LISTS and not values > UNLISTED:
            score = min(score, HARDLY_FILLED)
        score, filled = self._weigh_filling(column, score)
        reasons = [text for text in (why, told, filled) if text]
        steps = column.get_link_steps(candidate)
        return Suggestion(candidate.name, round(score), " ".join(reasons), steps)

    def _compare_names(self, column, candidate):
        """Return how alike the names are, from 0 to 1, and that in words."""
        if column.words & candidate.words:
            return SAME, self.env._("Same name.")
        if column.words & SYNONYMS.get(candidate.name, set()):
            return SYNONYM, self.env._("Another word for it.")
        near = max((column.near.get(text, 0) for text in candidate.texts), default=0)
        if not near:
            return 0, ""
        return min(near, SIMILAR), self.env._(
            "Similar name (%(share)s %%).", share=round(100 * near)
        )

    def _compare_values(self, column, candidate):
        """Return 1 where the values bear it out, 0 where they speak against it, else ½."""
        if stream := column.get_link(candidate):
            label = stream.label
            return 1, self.env._("Its values are ids of %(object)s.", object=label)
        if candidate.kind in LISTS:
            return self._compare_lists(column, candidate)
        kind = next(
            (k for k, w in LOOKS.items() if any(x in candidate.name for x in w)), ""
        )
        if kind and column.texts:
            if column.look == kind or (kind == "phone" and column.look == "number"):
                words = {
                    "email": self.env._("The values are e-mail addresses."),
                    "phone": self.env._("The values look like phone numbers."),
                    "address": self.env._("The values are web addresses."),
                }
                return 1, words[kind]
            return 0, self.env._("The values look different.")
        if column.look in LOOKS or (
            column.look == "day" and "date" not in candidate.kind
        ):
            # An address is an address, whatever its column is called.
            return 0, self.env._("The values look different.")
        return 0.5, ""

    def _compare_lists(self, column, candidate):
        there = column.listed.get(candidate.name, set()) & column.folded
        if there:
            text = self.env._(
                "Odoo has %(count)s of %(total)s values.",
                count=len(there),
                total=len(column.folded),
            )
            return len(there) / len(column.folded), text
        return (UNLISTED if column.texts else 0.5), ""

    def _weigh_filling(self, column, score):
        records, filled = column.figures["records"], column.figures["filled"]
        if not filled:
            return min(score, NEVER_FILLED), self.env._("Never filled.")
        if records and filled / records < FEW:
            return min(score, HARDLY_FILLED), self.env._("Hardly ever filled.")
        text = self.env._(
            "Filled in %(share)s %%, %(distinct)s different [[distinct|value|values]].",
            share=round(100 * filled / max(records, 1)),
            distinct=column.figures["distinct"],
        )
        return score, agreed(self.env, text, {"distinct": column.figures["distinct"]})


class Column:
    """A column as it is compared with each of the fields."""

    def __init__(self, path, figures, texts, near, listed, links):
        self.figures, self.texts, self.near, self.listed = figures, texts, near, listed
        self.words = {normalize(path), normalize(figures["label"])} - {""}
        self.folded = {" ".join(text.casefold().split()) for text in texts}
        self.look = look(texts)
        self.links = links.get(path, {})

    def fits(self, candidate):
        """Tell whether the type of a field takes the values at all."""
        return candidate.kind in LISTS or candidate.kind in KINDS.get(
            self.figures["kind"], ()
        )

    def get_share_of_kind(self, candidate):
        if candidate.kind == self.figures["kind"]:
            return 1
        if candidate.kind in LISTS:
            # A list says the same again and again.
            filled, distinct = self.figures["filled"], self.figures["distinct"]
            return 0.8 if distinct and filled >= 3 * distinct else 0.4
        return 0.6

    def get_link(self, candidate):
        """Return the object whose ids these are, where the field leads to its model."""
        return (
            self.links.get(candidate.relation) if candidate.kind == "many2one" else None
        )

    def get_link_steps(self, candidate):
        stream = self.get_link(candidate)
        return [["lookup", stream.name]] if stream else None


def is_target(field):
    """Tell whether a field of a model may be filled by a column."""
    return (
        field.store
        and not field.readonly
        and field.name not in MAGIC_COLUMNS
        # Of these the loader reads what is meant, with its unit.
        and f"@{field.name}" not in PLACES
        and (field.type in LISTS or field.type in STEPS)
    )
