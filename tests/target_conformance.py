"""What every target must keep, checked with its own data in a real database.

A target's test is a file ``target_data/<model>.py`` that holds a ``TargetData``; nothing else.
``test_target_conformance`` makes a class of ``TargetConformance`` of each. In a database
without the model the same holds for what stands in for it, or its reason is asserted.
"""

from collections import Counter

from odoo.tools import SQL

from .digests import get_row_hashes
from .target_common import ENDS, MAILED, NOTES, TargetWorld
from .target_planting import plant


class TargetConformance(TargetWorld):
    """The contract; a subclass gives ``data`` and ``described``."""

    def test_where_the_model_is_missing_something_stands_in_or_its_app_is_named(self):
        if self.data.model in self.env:
            (part,) = self.parts
            self.assertTrue(part.is_wanted)
        elif self.parts:
            loaded = {key for part in self.parts for key in part.rows}
            self.assertEqual(loaded, self.data.rows.keys(), "each row has its place")
        else:
            (item,) = self.left_out
            self.assertEqual(item.needs, self.data.model)
            app = self.env["crm.migration.target"]._name_app(self.data.model)
            self.assertTrue(app)
            self.assertIn(app, item.reason)

    def test_every_row_is_loaded_as_it_should_be(self):
        for part in self.parts:
            counter = self.load_part(part)
            matched = len(self.data.matched) if part.is_wanted else 0
            if any("@onto" in row for row in part.rows.values()):
                matched = len(part.rows)  # nothing but a relation is made of them
            wanted = Counter(created=len(part.rows) - matched, merged=matched)
            reasons = self.messages().mapped("text")
            self.assertEqual(counter, +wanted, (part.model, reasons))
            if self.created(part):
                differences = self.verify(part.stream, part.model, part.rows)
                self.assertEqual(differences, [], part.model)

    def test_nothing_is_mailed_and_no_foreign_row_changes(self):
        for part in self.parts:
            self.load_part(part)
            self.assertEqual(self.list_waiting(), {})
            self.env.cr.precommit.run()
            found = self.changes()
            told = {name: found[name] for name in MAILED if name in found}
            self.assertEqual(told, {})
            changed = {name: gone for name, (gone, _come) in found.items() if gone}
            self.assertEqual(changed, {}, "rows that were there before")
            sides = self.get_sides(part)
            new = {name: come for name, (_gone, come) in found.items()}
            if part.is_wanted:
                self.assertEqual(
                    {n: c for n, c in new.items() if n not in self.own_tables(part)},
                    sides,
                )
            else:
                self.assertLessEqual(new.keys(), self.own_tables(part) | sides.keys())
            self.unload_part(part)

    def test_dates_and_authors_are_exact(self):
        for part in self.parts:
            self.load_part(part)
            for key, record in self.created(part).items():
                if not record._log_access or self.data.undated:
                    continue
                row = part.rows[key]
                self.env.cr.execute(
                    SQL(
                        "SELECT create_date::text, write_date::text, create_uid,"
                        " write_uid FROM %s WHERE id = %s",
                        SQL.identifier(record._table),
                        record.id,
                    )
                )
                self.assertEqual(
                    self.env.cr.fetchone(),
                    (
                        row["@created_at"],
                        row["@updated_at"],
                        self.anna.id,
                        self.anna.id,
                    ),
                    (part.model, key),
                )

    def test_a_second_load_changes_nothing(self):
        for part in self.parts:
            self.load_part(part)
            before = self.changes()
            hashes = get_row_hashes(self.env, before)
            self.assertEqual(self.load_part(part), {"unchanged": len(part.rows)})
            self.assertEqual(self.changes(), before)
            self.assertEqual(get_row_hashes(self.env, before), hashes)
            self.unload_part(part)

    def test_a_planted_value_is_found_and_every_value_of_the_mapping_is_compared(self):
        for part in self.parts:
            self.load_part(part)
            created, planted = self.created(part), set()
            for key, record in created.items():
                for target in part.rows[key]:
                    if target in planted:
                        continue
                    planted.add(target)
                    for name in self.list_ends(part, record, target):
                        name, _dot, cell = name.partition(".")
                        if cell:
                            row = record[name].sorted("id")[0]
                            self.assert_found(part, key, row, cell, name)
                            continue
                        self.assert_found(part, key, record, name, target)
                        if record._fields[name].type == "one2many":
                            self.assert_cells_found(part, key, record, name)

    def list_ends(self, part, record, target):
        """Return the fields in which a value ends that the mapping set."""
        ends = {**ENDS, **(part.data.ends if part.data else {})}
        if target in ends:
            return ends[target]
        if not part.is_wanted and target.startswith("@") and target in self.data.ends:
            return ()  # it is a target of what is not here
        if target.startswith("@note"):
            return tuple(n for n in NOTES if n in record._fields)[:1]
        self.assertFalse(target.startswith("@"), f"{target} ends nowhere known")
        if part.data and target in part.data.unplanted:
            return ()
        return (target,)

    def assert_cells_found(self, part, key, record, name):
        """Plant in each cell of the first row that the mapping set."""
        row = record[name].sorted("id")[0]
        for cell in part.rows[key][name][0]:
            if cell in row._fields:
                self.assert_found(part, key, row, cell, f"{name}.1.{cell}")

    def assert_found(self, part, key, record, name, target):
        """Assert that verification tells of a value planted in a field of a record.

        :param target: what the difference may be called as well
        """
        label = f"{part.model} {key} {target} → {name}"
        with self.subTest(label), plant(record, name) as (old, new):
            found = self.verify(part.stream, part.model, [key])
            fields = [each["field"] for each in found]
            told = f"{old!r} became {new!r}, told of {fields}"
            self.assertTrue({name, target} & {*fields}, told)

    def test_a_persons_later_edit_survives_an_update(self):
        for part in self.parts:
            first = next(iter(self.data.rows))
            if not part.changed or not part.edit or first not in part.rows:
                continue
            self.load_part(part)
            record = self.loaded(part.stream, first)
            self.work_on(record, **part.edit)
            left = {name: record[name] for name in part.edit}
            rows = {**part.rows, first: part.changed}
            counter = self.load_part(part, rows)
            self.assertEqual(
                counter, +Counter(updated=1, unchanged=len(rows) - 1), part.model
            )
            self.assertEqual({name: record[name] for name in left}, left)
            found = self.verify(part.stream, part.model, rows)
            self.assertLessEqual({each["field"] for each in found}, left.keys())

    def test_a_rollback_restores_the_digest(self):
        for part in self.parts:
            before = self.changes()
            self.assertEqual(before, {})
            self.load_part(part)
            first = next(iter(part.rows))
            if part.changed and part.is_wanted:
                self.load_part(part, {**part.rows, first: part.changed})
            self.unload_part(part)
            kept = self.env["crm.migration.message"].search(
                [("job_id", "=", self.job.id), ("code", "=like", "kept%")]
            )
            self.assertFalse(kept.mapped("text"))
            self.assertEqual(self.changes(), {}, part.model)

    def test_the_fast_lane_writes_the_columns_of_the_slow_one(self):
        frame = type(self.env["crm.migration.target"])
        for part in self.parts:
            loader = type(self.env["crm.migration.target"]._for(part.model))
            if "crm.migration.lane.copy" not in (loader._inherit or ()):
                continue
            self.load_part(part)
            self.patch(loader, "_create_records", frame._create_records)
            self.load(f"{part.stream} slow", part.model, part.rows)
            for key in part.rows:
                fast, slow = (
                    self.read_columns(self.loaded(stream, key))
                    for stream in (part.stream, f"{part.stream} slow")
                )
                self.assertEqual(fast, slow, (part.model, key))
