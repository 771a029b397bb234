"""What a source says of how its fields are converted, whatever a person makes of them."""

from dataclasses import dataclass

OF_TYPE = "type:"
"""Before the type of a field of Odoo: the way for every target of this type that has none
of its own. ``type:many2one:<stream>`` is the link to what the records of a stream became."""


@dataclass(frozen=True)
class Ways:
    """The ways of all fields of a stream.

    :param by_field: ``{path: {target or OF_TYPE + type: (source, steps)}}``
    :param lists: the ``ValueList``s that the steps may name
    """

    by_field: dict
    lists: tuple = ()

    def as_json(self):
        """Return them as data; steps that many ways share stand there once."""
        steps, numbers = [], {}
        fields = {}
        for path, ways in self.by_field.items():
            for target, (source, taken) in ways.items():
                if not isinstance(taken, list):
                    taken = [step.as_json() for step in taken]
                number = numbers.setdefault(str(taken), len(steps))
                if number == len(steps):
                    steps.append(taken)
                plain = source == path
                way = number if plain else [number, _as_list(source)]
                fields.setdefault(path, {})[target] = way
        return {"steps": steps, "fields": fields}


def _as_list(source):
    return list(source) if isinstance(source, tuple) else source


def find_way(ways, path, *targets):
    """Return (source, steps) of the first target that has a way, None if none has.

    :param ways: as ``Ways.as_json`` gives them

    >>> ways = Ways({"Day": {"date": ("Day", [["date_as", "dmy"]])}}).as_json()
    >>> find_way(ways, "Day", "name", "date"), find_way(ways, "Time", "date")
    (('Day', [['date_as', 'dmy']]), None)
    """
    known = (ways or {}).get("fields", {}).get(path, {})
    for target in targets:
        if target in known:
            way = known[target]
            number, source = way if isinstance(way, list) else (way, path)
            return source, ways["steps"][number]
    return None
