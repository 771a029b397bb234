"""The examples in the docstrings of the models and of what they use."""

import doctest
import importlib
import pkgutil

from odoo.tests import BaseCase, tagged

from ... import models


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_the_examples_are_true(self):
        tried = 0
        for info in pkgutil.walk_packages(models.__path__, f"{models.__name__}."):
            module = importlib.import_module(info.name)
            with self.subTest(info.name):
                result = doctest.testmod(module)
                self.assertFalse(result.failed)
                tried += result.attempted
        self.assertGreater(tried, 35)
