"""The walls of the house: who may import whom, and what must never be written."""

import ast
import re
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).resolve().parents[2]
CONNECTORS = ROOT / "connectors"


def get_imports(path):
    """Return (level, module) of every import of a file; level 0 is absolute."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(0, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.level, node.module or ""))
    return found


@tagged("post_install", "-at_install")
class TestArchitecture(TransactionCase):
    def test_connectors_know_neither_odoo_nor_anything_outside_their_folder(self):
        files = sorted(CONNECTORS.rglob("*.py"))
        self.assertGreater(len(files), 20)
        for path in files:
            depth = len(path.relative_to(CONNECTORS).parts)
            for level, module in get_imports(path):
                with self.subTest(file=path.name, module=module):
                    self.assertNotEqual(module.split(".")[0], "odoo")
                    self.assertLessEqual(level, depth)

    def test_a_source_never_imports_another_source(self):
        sources = {
            path.name for path in CONNECTORS.iterdir() if (path / "source.py").exists()
        } - {"core"}
        self.assertIn("concord", sources)
        for name in sources:
            for path in (CONNECTORS / name).rglob("*.py"):
                for level, module in get_imports(path):
                    other = module.split(".")[0] if level == 2 else ""
                    with self.subTest(file=path.name, module=module):
                        self.assertNotIn(other, sources - {name})

    def test_models_never_talk_to_a_source_themselves(self):
        for path in (ROOT / "models").rglob("*.py"):
            for _level, module in get_imports(path):
                with self.subTest(file=path.name, module=module):
                    self.assertNotIn(module.split(".")[0], ("requests", "openpyxl"))
            self.assertNotIn("psycopg2.connect", path.read_text(), path.name)

    def test_models_name_no_source(self):
        sources = [
            path.name for path in CONNECTORS.iterdir() if (path / "source.py").exists()
        ]
        names = re.compile(rf"\b({'|'.join(set(sources) - {'core'})})\b")
        for folder in ("models", "wizards"):
            for path in (ROOT / folder).rglob("*.py"):
                self.assertFalse(names.search(path.read_text()), path.name)

    def test_targets_see_values_not_sources(self):
        """Of the connectors they know the words of a mapping, which no system has alone."""
        files = sorted((ROOT / "models" / "targets").rglob("*.py"))
        self.assertGreater(len(files), 10)
        for path in files:
            for _level, module in get_imports(path):
                parts = module.split(".")
                if "connectors" in parts:
                    seen = parts[parts.index("connectors") + 1 :]
                    self.assertEqual(seen[:1], ["mapping"], path.name)

    def test_every_sentence_of_the_connectors_has_words_here(self):
        from ...connectors.core.errors import SENTENCES
        from ...models.words import messages

        known = {**messages.CONNECTOR, **messages.VALUE, **messages.ENGINE}
        self.assertEqual(set(SENTENCES) - set(known), set())

    def test_every_value_that_does_not_fit_has_words_here(self):
        from ...models.words import messages

        text = "".join(
            path.read_text() for path in (CONNECTORS / "mapping").glob("*.py")
        )
        codes = set(re.findall(r'BadValue\(\s*"(\w+)"', text))
        self.assertGreater(len(codes), 5)
        self.assertEqual(codes - set(messages.VALUE), set())

    def test_no_test_is_forgotten(self):
        """Odoo runs what is an attribute of ``tests``, and each name stands once there."""
        tests = ROOT / "tests"
        written = {
            (path.parent.name, path.stem) for path in tests.glob("test_*/test_*.py")
        }
        listed = re.findall(
            r"^from \.(\w+) import (\w+)$", (tests / "__init__.py").read_text(), re.M
        )
        self.assertEqual(sorted(written), sorted(listed))
        names = [name for _folder, name in listed]
        names += {folder for folder, _name in listed}
        self.assertEqual(len(names), len(set(names)), "one hides the other")
        self.assertFalse(list(tests.glob("test_*.py")), "outside of the rooms")

    def test_tests_mirror_the_rooms(self):
        rooms = {path.name for path in (ROOT / "models").iterdir() if path.is_dir()}
        whole = {"cli", "files", "house", "journeys", "screens"}
        folders = {path.name for path in (ROOT / "tests").glob("test_*")}
        self.assertLessEqual(folders, {f"test_{name}" for name in rooms | whole})

    def test_every_model_has_access_rights(self):
        models = self.env["ir.model"].search(
            [("model", "=like", "crm.migration.%"), ("abstract", "=", False)]
        )
        self.assertGreater(len(models), 15)
        for model in models:
            with self.subTest(model=model.model):
                self.assertTrue(model.access_ids)
