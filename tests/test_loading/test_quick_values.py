"""What is taken with no more than a look is what the thorough way takes."""

from odoo.tests import tagged

from ...models.loading.batch import Item, Refused
from ...models.loading.quick_values import SLOW
from ..loader_common import LoaderCase

TEXTS = ("", " ", "Ærø", "x\x00y", "0", "false", "1e3", "1" * 3000, "\ud800")
DAYS = (
    *("2024-02-29", "2023-02-29", "2024-2-3", "20240203", "2024-W01-1", "0000-01-01"),
    *("2024-02-03\n", "٢٠٢٤-٠٢-٠٣", "2024-060", "9999-12-31", "0001-01-01"),
)
MOMENTS = (
    *("2024-02-03T10:00:00Z", "2024-02-03 10:00", "2024-02-03T10:00:00.999+02:00"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-02-03T25:00"),
)
CHOICES = ("lead", "opportunity", "Opportunity", "contact", "delivery", "3", "busy")
OTHERS = (
    *(None, True, False, 0, 1, -1.5, 1e16, float("inf"), float("nan"), 10**30),
    *({}, [], {"a": 1}, ["lead"], {"$ref": ["deals", "1"]}, {"$owner": "anna"}),
)
MODELS = ("res.partner", "crm.lead", "calendar.event", "mail.activity")
KINDS = {"char", "text", "html", "boolean", "float", "monetary"}


@tagged("post_install", "-at_install")
class TestQuickValues(LoaderCase):
    def begin(self, model):
        row = {"id": 1, "stream": "s", "source_id": "1", "values": {}}
        target = self.env["crm.migration.target"]._for(model)
        return target._begin(self.load_run, self.mapping(model, model), [row])

    def take(self, loader, batch, field, value):
        """Return what the thorough way makes of a value, None where it refuses it."""
        row = {"id": 1, "stream": "s", "source_id": "1", "values": {field.name: value}}
        item = Item(row)
        try:
            filled, taken = loader._take(batch, item, field.name, field)
        except Refused:
            return None
        return taken if filled and not item.problems else None

    def test_quick_ways_take_what_the_thorough_one_takes(self):
        seen = set()
        for model in MODELS:
            loader, batch = self.begin(model)
            for field in batch.model._fields.values():
                quick = field.store and loader._find_quick(field)
                if quick:
                    seen |= self.compare(loader, batch, field, quick)
        self.assertLessEqual({*KINDS, "date", "datetime", "selection"}, seen)

    def compare(self, loader, batch, field, quick):
        seen = set()
        for value in (*TEXTS, *DAYS, *MOMENTS, *CHOICES, *OTHERS):
            taken = self.take(loader, batch, field, value)
            quickly = quick(batch, value)
            if quickly is SLOW:
                continue
            seen.add(field.type)
            with self.subTest(field=str(field), value=value):
                self.assertEqual(quickly, taken)
                self.assertIs(type(quickly), type(taken))
        return seen
