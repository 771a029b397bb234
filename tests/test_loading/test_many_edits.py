"""Ten thousand edits on both sides, in any order with all that a migration does meanwhile.

What comes out is what plain dictionaries say (``edits_model.py``); and whatever they say,
what a person has entered stands until somebody has decided otherwise.
"""

import json
import random

from odoo import fields
from odoo.tests import tagged

from .. import common
from ..common import CrmMigrationCase, FakeSource
from .edits_model import LINK, LIST, ODOO, OWN, SOURCE, Side, World
from .edits_source import MAPPINGS, MEMBERS, MODELS, STREAMS, WORDS

ROUNDS, EDITS = 12, 420
"""Edits on each side in each round: 10,000 altogether."""


@tagged("post_install", "-at_install")
class TestManyEdits(CrmMigrationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(FakeSource, "streams", STREAMS)
        cls.classPatch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        cls.classPatch(common, "PAGE", 1000)
        cls.job.duplicate_policy = "keep"
        cls.person = cls.env.ref("base.user_admin")

    def setUp(self):
        super().setUp()
        self.world, self.hours, self.edits = World(), 0, 0

    # -- values ------------------------------------------------------------------

    def make(self, name, key):
        """Return any value of a field, often one that was there before."""
        if name == "name":
            return f"{self.random.choice(WORDS[:4])} {key[1]}"
        if name == "expected_revenue":
            return float(self.random.randint(0, 4) * 100)
        if name == "date_deadline":
            return self.random.choice(("2027-01-02", "2027-03-04", None))
        if name == LINK:
            known = [k for k in self.world.sides if k[0] == "companies"]
            return self.random.choice([*known[:40], None])
        if name == LIST:
            return frozenset(self.random.sample(range(1, 6), self.random.randint(0, 3)))
        return self.random.choice(WORDS)

    def show(self):
        """Give the source the rows that the dictionaries say it has."""
        rows = {"companies": [], "deals": []}
        for (stream, number), side in self.world.sides.items():
            if side.source is None:
                continue
            row = {"id": number, **side.source}
            if stream == "deals":
                row[LINK] = row[LINK] and row[LINK][1]
                row[LIST] = ";".join(map(str, sorted(row[LIST])))
            rows[stream].append(row)
        tags = [{"id": n, "name": f"Many {n}"} for n in range(1, 6)]
        FakeSource.data = {"tags": tags, **rows}

    def get_ids(self):
        """Return key → id of what is in Odoo, and the other way round."""
        self.env.cr.execute(
            "SELECT stream, source_id, res_id FROM crm_migration_id_map"
            " WHERE job_id = %s AND part = ''",
            [self.job.id],
        )
        ids = {(s, int(key)): res_id for s, key, res_id in self.env.cr.fetchall()}
        return ids, {(key[0], res_id): key for key, res_id in ids.items()}

    def as_odoo(self, values, ids):
        return {
            name: (value and ids[value])
            if name == LINK
            else [(6, 0, [ids["tags", n] for n in value])]
            if name == LIST
            else value or False
            for name, value in values.items()
        }

    def as_plain(self, name, value, keys):
        if name == LIST:
            return frozenset(keys["tags", res_id][1] for res_id in value)
        if name == LINK:
            value = value and (value[0] if isinstance(value, tuple) else value)
            return keys.get(("companies", value)) if value else None
        if name == "expected_revenue":
            return value or 0.0
        if value and name == "date_deadline":
            return fields.Date.to_string(fields.Date.to_date(value))
        return value or None

    def read_odoo(self):
        """Return key → what Odoo has, of all that is there."""
        self.env.flush_all()
        self.env.invalidate_all()
        ids, keys = self.get_ids()
        found = {}
        for stream, model in MODELS.items():
            mine = [res_id for key, res_id in ids.items() if key[0] == stream]
            there = self.env[model].with_context(active_test=False).browse(mine)
            for row in there.exists().read(MEMBERS[stream], load=False):
                found[keys[stream, row["id"]]] = {
                    n: self.as_plain(n, row[n], keys) for n in MEMBERS[stream]
                }
        return found

    # -- what happens ------------------------------------------------------------

    def edit_source(self):
        sides = self.world.sides
        for _number in range(4):
            stream = self.random.choice(("companies", "deals", "deals"))
            key = (stream, sum(1 for each in sides if each[0] == stream) + 1)
            sides[key] = self.world_side(key)
        left = EDITS
        while left > 0:
            key = self.random.choice(list(sides))
            side = sides[key]
            if side.source is None or self.random.random() < 0.01:
                # It vanishes, or it is back.
                if side.source is None or key[0] == "deals":
                    side.source = (
                        {n: self.make(n, key) for n in MEMBERS[key[0]]}
                        if side.source is None
                        else None
                    )
                    left -= 1
                continue
            for name in self.random.sample(MEMBERS[key[0]], 2):
                side.source[name] = self.make(name, key)
                left -= 1
        self.edits += EDITS
        self.show()

    def world_side(self, key):
        side = Side(key)
        side.source = {n: self.make(n, key) for n in MEMBERS[key[0]]}
        return side

    def edit_odoo(self):
        ids, _keys = self.get_ids()
        there = [key for key, side in self.world.sides.items() if side.odoo is not None]
        known = {s: [ids[key] for key in there if key[0] == s] for s in MODELS}
        written, left = {"companies": [], "deals": []}, EDITS
        while left > 0:
            key = self.random.choice(there)
            side = self.world.sides[key]
            if side.odoo is None:
                continue
            record = self.env[MODELS[key[0]]].browse(ids[key])
            record = record.with_prefetch(known[key[0]])
            if key[0] == "deals" and self.random.random() < 0.01:
                record.with_user(self.person).unlink()
                side.odoo = None
                left -= 1
                continue
            names = self.random.sample(MEMBERS[key[0]], 3)
            values = {name: self.make(name, key) for name in names}
            if values.get(LINK):
                values[LINK] = self.world.resolve(LINK, values[LINK])
            record.with_user(self.person).write(self.as_odoo(values, ids))
            side.edit(values)
            written[key[0]].append(record.id)
            left -= len(values)
        self.edits += EDITS
        self.age(written)

    def age(self, written):
        """Date what people did after the last load: a test is one moment to Odoo.

        And one transaction: what a person caused is flushed by somebody else.
        """
        self.hours += 1
        self.env.flush_all()
        for stream, res_ids in written.items():
            self.env.cr.execute(
                f"UPDATE {self.env[MODELS[stream]]._table} SET write_uid = %s,"
                " write_date = now() + make_interval(hours => %s) WHERE id = ANY(%s)",
                [self.person.id, self.hours, res_ids],
            )
        self.env.invalidate_all()

    def merge(self):
        """Let a person merge two companies in Odoo."""
        ids, _keys = self.get_ids()
        sides = self.world.sides
        there = [k for k, s in sides.items() if k[0] == "companies" and s.odoo]
        gone, kept = self.random.sample(there, 2)
        model = self.env["res.partner"].with_user(self.person)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.person)
        wizard._merge([ids[gone], ids[kept]], model.browse(ids[kept]))
        self.age({"companies": [ids[kept]]})
        sides[gone].odoo = None
        for key, side in sides.items():
            if key[0] == "deals" and side.odoo and side.odoo[LINK] == gone:
                side.odoo[LINK] = kept
                side.entered[LINK] = kept
        now = self.read_odoo()[kept]
        before = sides[kept].odoo
        sides[kept].edit({n: now[n] for n in now if now[n] != before[n]})

    def read_source(self):
        self.job.action_read_again()
        self.work(self.job.run_id)
        self.assertEqual(self.job.run_id.state, "done", self.job.run_id.blocked_reason)
        self.world.read_source()

    def load(self):
        self.run_kinds("load")
        self.world.load()

    def get_unsettled(self):
        rows = self.env["crm.migration.conflict"].search(
            [("job_id", "=", self.job.id), ("state", "!=", "settled")]
        )
        return {((row.stream, int(row.source_id)), row.field): row for row in rows}

    def decide(self):
        """Decide a third of what is in conflict, each way for many at once."""
        rows, chosen = self.get_unsettled(), {SOURCE: [], ODOO: [], OWN: []}
        for (key, name), row in rows.items():
            if self.random.random() < 0.67 or self.world.sides[key].odoo is None:
                continue
            decision = self.random.choice((SOURCE, ODOO, OWN))
            if decision == OWN and name in (LINK, "date_deadline", "expected_revenue"):
                decision = SOURCE
            chosen[decision].append(row.id)
            self.world.decide(self.world.sides[key], name, decision, "Agreed")
        conflicts = self.env["crm.migration.conflict"]
        for decision, row_ids in chosen.items():
            if row_ids:
                conflicts.browse(row_ids)._decide(decision, "Agreed", "Agreed")

    def roll_back(self):
        """Take a few deals back."""
        linked = [k for k, s in self.world.sides.items() if k[0] == "deals"]
        linked = [key for key in linked if self.world.sides[key].is_linked]
        chosen = self.random.sample(linked, min(10, len(linked)))
        maps = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", "deals"),
                ("source_id", "in", [str(number) for _stream, number in chosen]),
            ]
        )
        run = self.run_kind("rollback", {"ids": maps.ids})
        self.assertEqual(run.state, "done", run.blocked_reason)
        for key in chosen:
            self.world.roll_back(self.world.sides[key])

    # -- what must hold ----------------------------------------------------------

    def check(self):
        found = self.read_odoo()
        expected = {
            key: side.odoo
            for key, side in self.world.sides.items()
            if side.odoo is not None
        }
        self.assertEqual(sorted(found), sorted(expected))
        wrong = {
            (key, name): (value, found[key][name], vars(self.world.sides[key]))
            for key, values in expected.items()
            for name, value in values.items()
            if found[key][name] != value
        }
        self.assertEqual(list(wrong.items())[:1], [], len(wrong))
        self.check_people(found)
        self.check_queue()

    def check_people(self, found):
        """What a person entered is there, unless the source came to say the same."""
        lost = {
            (key, name): (value, found[key][name])
            for key, side in self.world.sides.items()
            if side.odoo is not None
            for name, value in side.entered.items()
            if name != LIST and found[key][name] != value
        }
        self.assertEqual(list(lost.items())[:1], [])

    def check_queue(self):
        _ids, keys = self.get_ids()
        rows = {
            at: [
                *(
                    self.as_plain(at[1], json.loads(row[name])[0], keys)
                    for name in ("then_value", "theirs_value", "mine_value")
                ),
                row.decision or None,
            ]
            for at, row in self.get_unsettled().items()
            if self.world.sides[at[0]].odoo is not None
        }
        expected = {
            (key, name): row[:4]
            for key, side in self.world.sides.items()
            if side.odoo is not None
            for name, row in side.disputes.items()
        }
        differ = [
            (at, rows.get(at), expected.get(at), vars(self.world.sides[at[0]]))
            for at in rows.keys() | expected.keys()
            if rows.get(at) != expected.get(at)
        ]
        self.assertEqual(differ[:1], [], len(differ))

    def go(self, seed):
        self.random = random.Random(seed)
        for stream, count in (("companies", 100), ("deals", 150)):
            for number in range(1, count + 1):
                key = (stream, number)
                self.world.sides[key] = self.world_side(key)
        self.show()
        self.run_kinds("discover", "extract", "load")
        self.world.read_source()
        self.world.load()
        self.check()
        for _round in range(ROUNDS):
            steps = [self.edit_source, self.edit_odoo]
            self.random.shuffle(steps)
            steps += self.random.choice(
                (
                    [self.read_source, self.load],
                    [self.read_source, self.decide, self.load],
                    [self.read_source, self.load, self.decide],
                    [self.read_source, self.merge, self.load],
                    [self.read_source, self.load, self.roll_back],
                    [
                        self.decide,
                        self.read_source,
                        self.roll_back,
                        self.decide,
                        self.load,
                    ],
                    [self.read_source],
                )
            )
            for step in steps:
                step()
            self.check()

    def test_no_edit_of_a_person_is_lost_and_what_the_source_changed_arrives(self):
        self.go(20261130)
        self.assertGreaterEqual(self.edits, 10_000)
        self.read_source()
        self.load()
        self.check()
        # Whoever lets the source win everywhere gets what it says.
        rows = self.get_unsettled()
        for key, name in rows:
            if self.world.sides[key].odoo is not None:
                self.world.decide(self.world.sides[key], name, SOURCE)
        self.env["crm.migration.conflict"].browse(
            [
                row.id
                for (key, _name), row in rows.items()
                if self.world.sides[key].odoo is not None
            ]
        ).action_take_source()
        self.load()
        self.check()
        self.run_kinds("verify")
        self.assertFalse(self.job.difference_count)
