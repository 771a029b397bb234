"""``TargetConformance`` for every target that describes itself, here or not."""

from odoo.tests import TransactionCase, tagged

from ..loader_common import LoaderCase
from ..target_conformance import TargetConformance
from ..target_data import get_all

DATA = get_all()


@tagged("post_install", "-at_install")
class TestTargetsHaveData(TransactionCase):
    def test_every_described_target_has_data(self):
        described = self.env["crm.migration.target"]._get_described()
        self.assertEqual(
            sorted(described), sorted(DATA), "see tests/target_data and its __init__"
        )


def _make_class(data):
    name = "".join(part.title() for part in data.model.replace("_", ".").split("."))
    members = {"data": data, "described": DATA, "__module__": __name__}
    made = type(f"TestTarget{name}", (TargetConformance, LoaderCase), members)
    return tagged("post_install", "-at_install")(made)


for _data in DATA.values():
    _made = _make_class(_data)
    globals()[_made.__name__] = _made
del _data, _made
