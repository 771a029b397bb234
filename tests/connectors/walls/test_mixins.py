"""What mixins of one model call their methods: the one listed first hides the others."""

import ast
from collections import defaultdict

import pytest
from parsed import parse
from test_rooms import FILES, get_models


def read_classes():
    """Return model → (names it inherits, method → whether it calls what it hides)."""
    found = {}
    for path in FILES:
        classes = [n for n in parse(path).body if isinstance(n, ast.ClassDef)]
        models = [name for name in get_models(path) if name[0]]
        for (name, inherited), node in zip(models, classes, strict=False):
            found[name] = (inherited, dict(read_methods(node)))
    return found


def read_methods(node):
    for method in node.body:
        if isinstance(method, ast.FunctionDef):
            names = {
                each.func.id
                for each in ast.walk(method)
                if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
            }
            yield method.name, "super" in names


CLASSES = read_classes()
FRAME = "crm.migration.target"
"""What is there to be answered anew by each target."""
JOINED = sorted(
    name for name, (inherited, _own) in CLASSES.items() if len(inherited) > 2
)


@pytest.mark.parametrize("name", JOINED)
def test_no_mixin_hides_what_another_one_does(name):
    makers = defaultdict(list)
    for mixin in set(CLASSES[name][0]) - {FRAME}:
        for method, calls_super in CLASSES.get(mixin, ((), {}))[1].items():
            if not calls_super:
                makers[method].append(mixin)
    hidden = {method: leave_out_heirs(those) for method, those in makers.items()}
    assert {m: those for m, those in hidden.items() if len(those) > 1} == {}


def leave_out_heirs(mixins):
    """Leave out what inherits from another of them: to do otherwise is what it is for."""
    return [one for one in mixins if not set(CLASSES[one][0]) & set(mixins)]
