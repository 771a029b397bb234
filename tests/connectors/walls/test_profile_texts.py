"""What a profile says to people can be said in their language.

Reasons, labels and what is lost on the way stand on screens of the review. Each is a
``Text``, which Odoo's exporter finds; what comes from the source's data stays as it is.
"""

import dataclasses
import importlib
from pathlib import Path

import pytest

from connectors import available_sources
from connectors.core.sentences import Text
from connectors.mapping.parts import CustomObject, Field, LeftOut, Mapping, ValueList


def parts_of(name):
    """Yield the parts of the profile that stand in the modules of a source."""
    package = importlib.import_module(f"connectors.{name}")
    seen = set()
    for path in sorted(Path(package.__file__).parent.glob("*.py")):
        module = importlib.import_module(f"connectors.{name}.{path.stem}")
        yield from flatten(list(vars(module).values()), seen)


def flatten(value, seen):
    if isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from flatten(item, seen)
    elif isinstance(value, dict):
        yield from flatten(list(value.values()), seen)
    elif isinstance(value, (Mapping, LeftOut, ValueList, Field, CustomObject)):
        if id(value) not in seen:
            seen.add(id(value))
            yield value
            for field in dataclasses.fields(value):
                yield from flatten(getattr(value, field.name), seen)


def texts_of(part):
    """Yield what a part says to people."""
    if isinstance(part, Mapping):
        yield from [part.label, *part.ignored.values()]
        yield from [custom.label for custom in part.custom_fields]
    elif isinstance(part, LeftOut):
        yield part.reason
    elif isinstance(part, ValueList):
        yield from [part.label, *(label for _value, label in part.choices)]
    elif isinstance(part, Field):
        yield part.lossy
    elif isinstance(part, CustomObject):
        yield part.label


@pytest.mark.parametrize("name", [*available_sources(), "mapping"])
def test_every_text_of_a_profile_can_be_translated(name):
    parts = list(parts_of(name))
    assert parts, "a source without a profile"
    bare = sorted(
        {
            text
            for part in parts
            for text in texts_of(part)
            if text and not isinstance(text, Text)
        }
    )
    assert bare == []


def test_a_bare_text_would_be_found():
    """The walk sees what stands deep within a profile."""
    found = list(flatten({"a": [(LeftOut("deals", "bare", ()),)]}, set()))
    assert [list(texts_of(part)) for part in found] == [["bare"]]
