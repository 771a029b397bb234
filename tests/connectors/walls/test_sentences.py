"""Each sentence of the connectors stands once, is marked for translation, and is used."""

import ast
import importlib
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from parsed import list_nodes, list_texts

import connectors
from connectors import available_sources
from connectors.core import errors
from connectors.core.errors import SENTENCES, ConfigurationError, ConnectorError
from connectors.core.file_sentences import FILE_SENTENCES
from connectors.core.sentences import Sentences, Text

ROOT = Path(connectors.__file__).parent
PACKAGES = sorted(
    path.parent.name
    for path in ROOT.glob("*/sentences.py")
    if path.parent.name != "core"
)
TABLES = {
    "core": {**SENTENCES, **FILE_SENTENCES},
    **{
        name: importlib.import_module(f"connectors.{name}.sentences").SENTENCES
        for name in PACKAGES
    },
}
ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, ConnectorError)
} | {"Trouble", "fatal"}
FINDERS = {"finding": 1, "_add_finding": 1, "_warn": 0, "_remark": 0}
FINDERS |= {"remark": 0}
"""Who is called with a code, and which of the arguments it is."""


def list_files(package):
    return [
        path
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.name not in ("sentences.py", "file_sentences.py")
    ]


def texts_in(node):
    """Return the texts that an expression may be: itself, a side of an if or of an or."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return texts_in(node.body) + texts_in(node.orelse)
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in texts_in(value)]
    return []


def name_of(node):
    return getattr(node, "id", None) or getattr(node, "attr", None)


@cache
def codes_in(path):
    """Return (whether it is an error, code) for every code that is written there."""
    return list(find_codes(path))


def find_codes(path):
    for node in list_nodes(path):
        if isinstance(node, ast.Call):
            name = name_of(node.func)
            place = 0 if name in ERRORS else FINDERS.get(name)
            if place is not None and len(node.args) > place:
                for code in texts_in(node.args[place]):
                    yield name in ERRORS, code
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            if name_of(node.elts[0]) in ERRORS:
                yield from ((True, code) for code in texts_in(node.elts[1]))
        elif isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = zip(target.elts, value.elts, strict=True)
            else:
                pairs = [(target, value)]
            for one, other in pairs:
                if name_of(one) == "code":
                    yield from ((False, code) for code in texts_in(other))


@pytest.mark.parametrize("package", ["core", "spreadsheet", *PACKAGES])
def test_what_is_raised_stands_in_a_table(package):
    known = {**TABLES["core"], **TABLES.get(package, {})}
    found = {
        (path.name, code)
        for path in list_files(package)
        for _is_error, code in codes_in(path)
    }
    assert len(found) > 3
    assert {(name, code) for name, code in found if code and code not in known} == set()


@pytest.mark.parametrize("package", TABLES)
def test_what_is_declared_is_used(package):
    """As a text of its own somewhere; what the core says, the models may say, too."""
    used = set()
    users = (
        ("core", "mapping", "spreadsheet", *PACKAGES)
        if package == "core"
        else [package]
    )
    paths = [path for user in users for path in list_files(user)]
    if package == "core":
        paths += sorted((ROOT.parent / "models").rglob("*.py"))
    for path in paths:
        if path.parent.name == "words":
            continue
        used |= list_texts(path)
    assert set(TABLES[package]) - used == set()


def test_no_sentence_stands_twice():
    places = defaultdict(list)
    for name, table in TABLES.items():
        for code, text in table.items():
            places[text.template].append((name, code))
    assert {text: there for text, there in places.items() if len(there) > 1} == {}
    assert not set(SENTENCES) & set(FILE_SENTENCES)


def test_an_error_has_one_sentence_whoever_raises_it():
    """Who catches it knows its code alone."""
    homes = defaultdict(set)
    for name, table in TABLES.items():
        for code in table:
            homes[code].add(name)
    for package in ("core", "spreadsheet", *PACKAGES):
        for path in list_files(package):
            for is_error, code in codes_in(path):
                if is_error and code:
                    assert len(homes[code]) == 1, (path.name, code, homes[code])


@pytest.mark.parametrize("package", TABLES)
def test_every_sentence_is_marked_for_translation(package):
    """As Odoo's exporter sees it: a literal within ``_lt()``; a code once per table."""
    for name in ("sentences.py", "errors.py", "file_sentences.py"):
        path = ROOT / package / name
        if not path.exists() or (package != "core" and name != "sentences.py"):
            continue
        for node in list_nodes(path):
            if isinstance(node, ast.Call) and name_of(node.func) == "Sentences":
                (table,) = node.args
                codes = [key.value for key in table.keys]
                assert len(codes) == len(set(codes))
                for value in table.values:
                    assert name_of(value.func) == "_lt"
                    assert isinstance(value.args[0], ast.Constant)
    for code, text in TABLES[package].items():
        assert isinstance(text, Text), code
        assert text.data is None, code
        # As %(name)s, Odoo's way, with every other percent sign doubled.
        assert not re.search(r"(?<!\[)\{\w+\}", text), code
        assert text % defaultdict(str)


def test_a_source_beyond_these_has_its_own_table():
    """Its error finds it; its finding may reword what the core says."""
    table = Sentences(
        {"zeta_off": Text("%(host)s is asleep."), "logged_in": Text("Hi.")}
    )
    error = ConfigurationError("zeta_off", host="crm.example.com")
    assert str(error) == "crm.example.com is asleep."
    assert error.sentence.template == "%(host)s is asleep."
    assert error.as_finding("blocking").text.data == {"host": "crm.example.com"}
    assert table.finding("passed", "logged_in", login="ana").text == "Hi."
    assert str(SENTENCES.say("logged_in", login="ana")) == "Logged in as ana."


NAMED_AS_WRITTEN = {"since", "url", "host", "header_row", "encoding"}
"""Members of a configuration that a person meets under this very name."""


WITHIN = ("reason", "setting", "login")
"""What of the data of a sentence are words."""


def given_in(node):
    """Return what a call, or a name on the way to it, puts into a sentence."""
    if isinstance(node, ast.Call):
        name = name_of(node.func)
        given = [w.value for w in node.keywords if name in ERRORS and w.arg in WITHIN]
        return given + node.args[1:] if name == "unexpected" else given
    if isinstance(node, ast.Assign) and name_of(node.targets[0]) in WITHIN:
        # One word alone is a code; people are told more.
        return [node.value] if any(" " in text for text in texts_in(node.value)) else []
    return []


@pytest.mark.parametrize("package", ["core", "spreadsheet", *PACKAGES])
def test_what_stands_within_a_sentence_is_translatable_too(package):
    """The reason of a refusal, the name of a setting, who may not: never a bare text."""
    bare = set()
    for path in list_files(package):
        for node in list_nodes(path):
            for value in given_in(node):
                if isinstance(value, ast.JoinedStr):
                    # A member of a configuration, by its dotted path.
                    first = getattr(value.values[0], "value", "")
                    if not re.fullmatch(r"\w+\.", str(first)):
                        bare.add((path.name, node.lineno, "a text with places"))
                for text in texts_in(value):
                    if text and text not in NAMED_AS_WRITTEN:
                        bare.add((path.name, node.lineno, text))
    assert bare == set()


@pytest.mark.parametrize("source", available_sources().values(), ids=lambda s: s.name)
def test_what_the_wizard_shows_is_translatable(source):
    assert isinstance(source.summary, Text)
    for setting in source.settings:
        labels = [label for _value, label in setting.choices]
        for text in (setting.label, setting.help, *labels):
            assert not text or isinstance(text, Text), (setting.name, text)
    for stream in source.streams:
        assert isinstance(stream.label, Text), stream.name
