"""What references between the values of one record make clear, before they are staged."""

import json

from ...connectors.mapping.vocabulary import MAP

CURRENCIES = "@currencies"
"""The list of currencies that no profile has, but amounts name."""


COUNTRY, STATE, CURRENCY = "res.country", "res.country.state", "res.currency"


def complete_references(values, models):
    """Return the targets, each state with its country, each currency as a choice.

    A state is asked for together with the country that its record names: MI is Milan
    in Italy and Michigan in the United States. A currency is a text that Odoo may not
    know, so that it is asked for as well.

    :param models: value list → Odoo model that is chosen from

    >>> state, country = {"$map": ["states", "MI"]}, {"$map": ["countries", "Italy"]}
    >>> lists = {"states": "res.country.state", "countries": "res.country"}
    >>> done = complete_references({"state_id": state, "country_id": country}, lists)
    >>> done["state_id"]
    {'$map': ['states', 'MI', 'Italy']}
    >>> complete_references({"@currency": "Euro"}, lists)
    {'@currency': {'$map': ['@currencies', 'Euro']}}
    """
    kinds = {
        target: kind
        for target, value in values.items()
        if type(value) is dict and (kind := _get_model(value, models))
    }
    country = next((values[t] for t, kind in kinds.items() if kind == COUNTRY), None)
    within = country[MAP][1] if country else ""
    completed = dict(values)
    for target, kind in kinds.items():
        if kind == STATE and within:
            completed[target] = {MAP: [*values[target][MAP][:2], within]}
    currency = values.get("@currency")
    if isinstance(currency, str) and currency.strip():
        completed["@currency"] = {MAP: [CURRENCIES, currency.strip()]}
    return completed


def _get_model(value, models):
    """Return the model that the reference to a value list is chosen from."""
    choice = value.get(MAP)
    return models.get(choice[0]) if isinstance(choice, list) else None


def as_key(parts):
    """Return the parts of a reference as texts that can be compared and looked up.

    >>> as_key(["contacts", 7])
    ('contacts', '7')
    >>> as_key(["contacts", "Vera", "name", {"company": "", "email": None}])
    ('contacts', 'Vera', 'name', '{"company": ""}')
    """
    *named, last = parts
    if not isinstance(last, dict):
        return tuple(map(str, parts))
    hints = {name: last[name] for name in last if last[name] not in (None, [])}
    text = [json.dumps(hints, sort_keys=True, ensure_ascii=False)] if hints else []
    return (*map(str, named), *text)
