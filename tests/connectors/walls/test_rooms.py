"""The house: each concern in one room, no arrow upward, one model per file."""

import ast
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from parsed import list_nodes, parse

ROOT = Path(__file__).parents[3]
MODELS = ROOT / "models"
ROOMS = re.findall(r"^from \. import (\w+)", (MODELS / "__init__.py").read_text(), re.M)
FILES = sorted(path for path in MODELS.rglob("*.py") if path.name != "__init__.py")
LONGEST = 400
"""Lines of a file, as a habit 250."""


def get_imports(path):
    """Yield the room of ``models`` that each relative import of a file leads to."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in list_nodes(path):
        if not isinstance(node, ast.ImportFrom) or not 0 < node.level <= len(package):
            continue
        target = [*package[: len(package) - node.level + 1]]
        target += (node.module or "").split(".") if node.module else []
        if target[0] == "models" and len(target) > 1:
            yield target[1]
        elif target == ["models"]:
            yield from (alias.name for alias in node.names)


def get_models(path):
    """Yield (name, inherited names) of each model class of a file."""
    for node in parse(path).body:
        if not isinstance(node, ast.ClassDef):
            continue
        said = {
            statement.targets[0].id: ast.literal_eval(statement.value)
            for statement in node.body
            if isinstance(statement, ast.Assign)
            and isinstance(statement.targets[0], ast.Name)
            and statement.targets[0].id in ("_name", "_inherit")
        }
        if said:
            inherited = said.get("_inherit", [])
            inherited = [inherited] if isinstance(inherited, str) else inherited
            yield said.get("_name"), inherited


def test_every_file_stands_in_a_room():
    assert ROOMS[0] == "safety"
    assert ROOMS[-1] == "job"
    assert {path.relative_to(MODELS).parts[0] for path in FILES} == set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(MODELS)))
def test_no_arrow_leads_upward(path):
    # An order without arrows upward has no circles either.
    own = ROOMS.index(path.relative_to(MODELS).parts[0])
    upward = [room for room in get_imports(path) if ROOMS.index(room) > own]
    assert not upward, f"{path.name} uses {upward}, which stands above it"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(MODELS)))
def test_a_file_defines_the_model_it_is_named_after(path):
    names = [name for name, _inherited in get_models(path)]
    assert len(names) <= 1, f"{path.name} defines {names}"
    if path.name.startswith("crm_migration_"):
        assert [(name or "").replace(".", "_") for name in names] == [path.stem]


def test_nobody_reopens_a_model():
    where = defaultdict(list)
    for path in FILES:
        for name, inherited in get_models(path):
            where[name or inherited[0]].append(path.name)
            reopened = [n for n in inherited if n.startswith("crm.migration.")]
            assert name or not reopened, f"{path.name} reopens {reopened}"
            assert name not in reopened, f"{path.name} reopens {name}"
    assert not {name: files for name, files in where.items() if len(files) > 1}


def test_a_name_belongs_to_one_model():
    """A dialog of the name of a mixin would take its place in the registry."""
    where = defaultdict(list)
    for path in (*FILES, *sorted((ROOT / "wizards").glob("*.py"))):
        for name, _inherited in get_models(path):
            if name:
                where[name].append(str(path.relative_to(ROOT)))
    assert not {name: files for name, files in where.items() if len(files) > 1}


def test_every_mixin_is_listed_by_the_model_it_belongs_to():
    listed = {
        name for path in FILES for _name, them in get_models(path) for name in them
    }
    for path in FILES:
        if path.relative_to(MODELS).parts[0] == "loading":
            names = [name for name, _inherited in get_models(path) if name]
            assert set(names) <= listed, f"nobody inherits from {names}"


def get_buttons():
    """Yield (file, function) of everything that a button, or a call by RPC, may start."""
    for path in (*FILES, *sorted((ROOT / "wizards").glob("*.py"))):
        for node in list_nodes(path):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("action_"):
                yield path, node


def test_every_button_answers():
    # XML-RPC answers nothing with a fault, though what was asked for is done.
    silent = set()
    for path, function in get_buttons():
        answers = [n for n in ast.walk(function) if isinstance(n, ast.Return)]
        if not isinstance(function.body[-1], (ast.Return, ast.Raise)) or not all(
            answer.value for answer in answers
        ):
            silent.add(f"{path.name}: {function.name}")
    assert not silent


def names(node, name):
    """Tell whether an expression goes on from what a name means so far."""
    return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node))


def test_no_constant_is_bound_twice():
    """What a merge wrote twice: of two values only the second is meant, if either."""
    twice = {}
    for folder in ("models", "wizards", "connectors", "cli", "dev"):
        for path in (ROOT / folder).rglob("*.py"):
            bound = Counter(
                target.id
                for node in parse(path).body
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name) and not names(node.value, target.id)
            )
            if again := [name for name, count in bound.items() if count > 1]:
                twice[str(path.relative_to(ROOT))] = again
    assert not twice


def get_sources():
    """Yield every file of Python of the repository, and the scripts that hold some."""
    for place in ROOT.iterdir():
        if place.is_dir() and not place.name.startswith("."):
            yield from (*place.rglob("*.py"), *place.rglob("*.sh"))
    yield from ROOT.glob("*.py")


def test_no_file_is_longer_than_a_reader_bears():
    files = list(get_sources())
    folders = {path.relative_to(ROOT).parts[0] for path in files}
    assert {"models", "connectors", "tests", "findings", "dev", "cli"} <= folders
    assert not {
        str(path.relative_to(ROOT))
        for path in files
        if len(path.read_text().splitlines()) >= LONGEST
    }


def list_folders(*place, holding):
    """Return the names of the folders of a place that hold files of this pattern."""
    return {
        path.name
        for path in ROOT.joinpath(*place).iterdir()
        if path.is_dir() and any(path.rglob(holding))
    }


def test_every_room_has_tests_of_its_own():
    tests = list_folders("tests", holding="test_*.py")
    assert {f"test_{room}" for room in ROOMS} <= tests
    tests = list_folders("tests", "connectors", holding="test_*.py")
    assert tests == list_folders("connectors", holding="*.py") | {"simulators", "walls"}
