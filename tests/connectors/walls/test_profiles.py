"""Profiles are data, wherever they stand: a consultant reads what becomes of each field.

What counts as one is a file called ``profile…`` or ``mappings…``, and any other in which a
word of the vocabulary is said outside of a function. Such a file imports and assigns. What it assigns
is put together of constants, names, members, tuples, lists and dicts (a part of them and
unpacked with ``*`` too) and of calls. No function is defined, nothing is looped over or
decided; what repeats itself is a word of ``mapping/vocabulary.py``, or of the source's own
``vocabulary.py``.
"""

import ast
import re
from pathlib import Path

import pytest
from parsed import parse

ROOT = Path(__file__).parents[3]
CONNECTORS = ROOT / "connectors"
WORDS = {"mapping", "field", "custom_field", "left_out", "all_left_out", "ValueList"}
SAID = re.compile(rf"\b({'|'.join(WORDS)})\(")
STATEMENTS = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
PARTS = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.Starred),
    *(ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Slice, ast.Call),
)


def is_profile(path):
    if path.parent.name == "mapping":
        return False
    if path.name.startswith(("profile", "mappings")):
        return True
    return bool(SAID.search(path.read_text())) and any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in WORDS
        for statement in parse(path).body
        if isinstance(statement, STATEMENTS)
        for node in ast.walk(statement)
    )


def find_logic(text):
    """Yield the line and the kind of whatever is no data in the text of a module."""
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            continue
        is_text = isinstance(statement, ast.Expr) and isinstance(
            statement.value, ast.Constant
        )
        if not is_text and not isinstance(statement, STATEMENTS):
            yield statement.lineno, type(statement).__name__
            continue
        for node in ast.walk(statement.value):
            if isinstance(node, ast.expr) and not isinstance(node, PARTS):
                yield node.lineno, type(node).__name__


PROFILES = [path for path in sorted(CONNECTORS.rglob("*.py")) if is_profile(path)]


def test_each_source_has_a_profile():
    sources = {path.parent for path in CONNECTORS.glob("*/source.py")}
    sources.discard(CONNECTORS / "core")
    assert len(sources) >= 6
    assert {path.parent for path in PROFILES} >= sources


@pytest.mark.parametrize("path", PROFILES, ids=lambda p: str(p.relative_to(CONNECTORS)))
def test_a_profile_is_data(path):
    assert list(find_logic(path.read_text())) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("def day(name):\n    return field(name)", "FunctionDef"),
        ("for name in NAMES:\n    MAPPINGS += (mapping(name),)", "For"),
        ("if NAMES:\n    A = 1", "If"),
        ("A = tuple(field(name) for name in NAMES)", "GeneratorExp"),
        ("A = {name: 1 for name in NAMES}", "DictComp"),
        ("A = field('x', 'y', lambda value: value)", "Lambda"),
        ("A = 1 if NAMES else 2", "IfExp"),
        ("A = NAMES or OTHERS", "BoolOp"),
        ("A = NAMES + OTHERS", "BinOp"),
        ("A = f'_{NAME}'", "JoinedStr"),
        ("A += (1,)", "AugAssign"),
        ("print(A)", "Expr"),
    ],
)
def test_logic_would_be_found(text, kind):
    assert [found for _line, found in find_logic(text)][:1] == [kind]
