"""What stands for a model whose application is not installed: a mapping, restated.

Pure data, like the mappings themselves; the targets declare it, ``resolving`` acts on it.
"""

import dataclasses

from ...connectors.mapping.parts import Condition, Field, Step
from ..loading.kept_values import KEPT

CHOICES = frozenset({"value_map", "replace_values"})
"""Steps that turn a word of the source into a choice of the wanted model."""


@dataclasses.dataclass(frozen=True)
class StandIn:
    """Take another model, if a target of the mapping has a value, or has none.

    :param model: Odoo model that takes the records; resolved again if it is not here
    :param renamed: target of the wanted model → target of this one; an empty one: left
        out, for another field says the same
    :param added: ``Field``s that only this one has
    :param kept: targets whose values go to the notes, though this model has such a field:
        its stages and tags are others
    :param is_last: nothing stands in for this one, where it is not here either
    :param when: target that must have a value; ``unless``: that must have none
    """

    model: str
    renamed: dict
    added: tuple = ()
    kept: tuple = ()
    is_last: bool = False
    when: str = ""
    unless: str = ""


def stand_in(model, *added, kept=(), is_last=False, when="", unless="", **renamed):
    """Declare what stands for a model; a ``_thread`` is written for ``@thread``.

    >>> stand_in("mail.activity", name="summary", partner_id="_thread").renamed
    {'name': 'summary', 'partner_id': '@thread'}
    """
    places = {
        name: f"@{target[1:]}" if target.startswith("_") else target
        for name, target in renamed.items()
    }
    return StandIn(model, places, added, tuple(kept), is_last, when, unless)


def constant(target, value):
    """Return a field that is the same in every record.

    >>> constant("@subtype", "call").steps[0].as_json()
    ['constant', 'call']
    """
    return Field(target, None, (Step("constant", (value,)),))


def restate(mapping, chosen, has_field):
    """Return a mapping for the model that stands in; None where its condition has no source.

    What this model has no field for is kept in the notes, references by the name of their
    record. Of two values for one target the first that the mapping names stays, the other
    is kept as well.

    :param has_field: tells of the name of a field whether the model has it
    """
    conditions = _as_conditions(mapping, chosen)
    if conditions is None:
        return None
    return dataclasses.replace(
        mapping,
        model=chosen.model,
        fields=(*_restate_fields(mapping, chosen, has_field), *chosen.added),
        when=(*mapping.when, *conditions),
        key=f"{mapping.key}~{mapping.model}" if mapping.key else f"~{mapping.model}",
        wanted=mapping.wanted or mapping.model,
    )


def _restate_fields(mapping, chosen, has_field):
    taken, fields = set(), []
    for item in mapping.fields:
        target = chosen.renamed.get(item.target, item.target)
        if not target:
            continue
        plain = not target.startswith("@")
        if (
            target in taken
            or item.target in chosen.kept
            or (plain and not has_field(target))
        ):
            fields.append(_keep(item))
        else:
            fields.append(dataclasses.replace(item, target=target))
        taken.add(target)
    return fields


def _keep(item):
    """Return the field of a value for the notes: as the source writes it, not a choice."""
    steps = tuple(step for step in item.steps if step.name not in CHOICES)
    target = KEPT + item.target.removeprefix(KEPT).lstrip("@")
    return dataclasses.replace(item, target=target, steps=steps, required=False)


def _as_conditions(mapping, chosen):
    """Return the conditions by the sources that fill the targets they speak of."""
    conditions = []
    for target, negate in ((chosen.when, False), (chosen.unless, True)):
        if not target:
            continue
        sources = [item.source for item in mapping.fields if item.target == target]
        if sources and sources[0]:
            conditions.append(Condition(sources[0], negate=negate))
        elif not negate:
            return None  # no record of this mapping has one
    return conditions
