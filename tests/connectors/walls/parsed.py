"""The sources of the addon as syntax trees, each parsed once for all walls."""

import ast
from functools import cache


@cache
def parse(path):
    """Return the tree of a file (``Path``)."""
    return ast.parse(path.read_text())


@cache
def list_nodes(path):
    """Return all nodes of the tree of a file."""
    return tuple(ast.walk(parse(path)))


@cache
def list_texts(path):
    """Return the set of the texts that stand in a file as literals."""
    return {
        node.value
        for node in list_nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
