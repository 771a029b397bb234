"""What the values of each path are called in the notes that the load writes."""

from ..words.mapping import PLACES
from .alike import fold
from .leaves import field_of, is_derived

PEOPLE = ("@partners", "@addresses", "@author")


class Labels:
    """The labels of one object's paths, folded.

    :ivar known: all of them: a line that begins with one is of that field
    :ivar made: those of what the connector made, such as the names beside a list of ids
    """

    def __init__(self, env):
        self.env, self.known, self.made = env, set(), set()
        self._by_path, self._of, self._lanes = {}, {}, {}

    def add(self, line, model):
        """Take in what a line of a mapping says: its names, its labels, its target's."""
        paths = line._get_paths()
        shared = {line.custom_label, line.source_label, line.source, ", ".join(paths)}
        shared |= set(self._of_target(line, model)) if line.target else set()
        for path in paths:
            self._name(path, *shared, path, path.rsplit(".", 1)[-1])
        for path, label in _pairs(paths, line.steps or []):
            self._name(path, label)
            if label and is_derived(path):
                self.made.add(fold(label))
            self._lanes.setdefault((line.id, path), fold(label))

    def _name(self, path, *labels):
        labels = {fold(label) for label in labels if label}
        self._by_path.setdefault(path, set()).update(labels)
        self.known |= labels

    def _of_target(self, line, model):
        """Yield what the load calls a target where it keeps a value in the notes."""
        target, name = line.target, line.custom_field or line.target
        field = model._fields.get(name)
        if field is not None:
            label = field.get_description(self.env, ["string"])["string"]
        else:
            label = str(self.env._(PLACES[target])) if target in PLACES else target
        yield label
        yield self.env._("Further %(field)s", field=label)
        if target in PEOPLE:
            yield self.env._("Attendees")

    def of(self, path):
        """Return the labels of a path and of the objects that it is a member of."""
        found = self._of.get(path)
        if found is None:
            found, parts = set(), path.split(".")
            for end in range(1, len(parts) + 1):
                above = ".".join(parts[:end])
                for name in (above, field_of(above)):
                    found.add(fold(name))
                    found |= self._by_path.get(name, set())
            found |= {fold(parts[-1])}
            self._of[path] = found
        return found

    def lane(self, line_id, path):
        """Return the label that a line gives to what stands at a path, None for none."""
        parts = path.split(".")
        for end in range(len(parts), 0, -1):
            label = self._lanes.get((line_id, ".".join(parts[:end])))
            if label is not None:
                return label or None
        return None


def _pairs(paths, steps):
    """Yield (path, label) of the steps that write one line for each source."""
    place = {"labelled": 0, "other_numbers": 1}
    for name, *arguments in steps:
        if name in place and arguments and len(arguments[0]) == len(paths):
            for path, entry in zip(paths, arguments[0], strict=True):
                yield path, entry[place[name]]
