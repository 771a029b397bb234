"""What OPEX 365's default profile makes of records."""

from opex365_common import connect
from reading import own

from connectors.mapping.apply import applies, apply, as_json


class Reading:
    """A source with what it brought, read and mapped only once."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.source = connect(simulator)
        self.mappings = self.source.get_mappings()
        self._records = {}

    def own(self, name):
        if name not in self._records:
            self._records[name] = own(self.source, name)
        return self._records[name]

    def values(self, name, model, part=""):
        """Return ``{source id: outcome}`` of the mappings of a stream to a model."""
        outcome = {}
        for item in self.mappings:
            if (item.stream, item.model, item.part) != (name, model, part):
                continue
            mapping = as_json(item)
            for key, data in self.own(name).items():
                if applies(mapping, data):
                    assert key not in outcome, "two mappings of one model apply"
                    outcome[key] = apply(mapping["fields"], data, zone="Europe/Paris")
        return outcome
