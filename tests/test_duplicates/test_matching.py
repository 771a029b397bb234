"""Possible duplicates: the right ones, and as fast whatever the records share."""

import random
import re
import time

from odoo.tests import tagged

from ...models.phases import match, match_marks
from ..loader_common import LoaderCase

FREE = ("gmail.com",)


def plain(text):
    return re.sub(r"[\W_]+", "", (text or "").lower()) or None


def mark(values):
    """Return what a record is recognized by, as a person would say it."""
    email = (values.get("email") or "").lower() or None
    host = (values.get("website") or "").removeprefix("https://") or None
    domain = host or (email and email.split("@")[1])
    return {
        "is_company": bool(values.get("is_company")),
        "email": email,
        "vat": values.get("vat") or None,
        "name": plain(values.get("name")),
        "words": len(re.findall(r"\w+", values.get("name"))),
        "domain": None if domain in FREE else domain,
    }


def get_score(one, other):
    """Return how sure it is that two are the same: each compared with each."""

    def same(key):
        return one[key] is not None and one[key] == other[key]

    def differ(key):
        return None not in (one[key], other[key]) and one[key] != other[key]

    company = one["is_company"]
    if company != other["is_company"]:
        return 0
    shared = ("email", "name", "vat", "domain") if company else ("email", "name")
    if not any(map(same, shared)):
        return 0
    domain = same("domain") and not same("email")
    if company:
        score = 97 * same("vat") - 60 * differ("vat") + 80 * same("email")
        score += 70 * domain - 10 * differ("domain") + (60 if same("name") else -20)
        most = min(65 if differ("vat") else 100, 100 if same("name") else 77)
    else:
        is_whole = min(one["words"], other["words"]) > 1
        score = 85 * same("email") - 3 * differ("email") + 15 * domain
        score += (55 if is_whole else 40) if same("name") else -35
        most = 100 if same("name") else 65
    score = min(score, most)
    return score if score >= 30 else 0


@tagged("post_install", "-at_install")
class TestMatching(LoaderCase):
    def match(self):
        run = self.job.run_ids.create({"job_id": self.job.id, "kind": "transform"})
        run._enter("match")
        while not run._work():
            pass
        self.env.invalidate_all()
        return self.env["crm.migration.duplicate"].search(
            [("job_id", "=", self.job.id)]
        )

    def draw(self, chance, number):
        """Return a partner who shares much with others."""
        is_company = chance.random() < 0.5
        values = {"name": f"{chance.choice(['Ana', 'A-NA', 'Rui', 'Zoë'])}"}
        values["is_company"] = is_company
        if chance.random() < 0.7:
            host = chance.choice(["a.test", "b.test", "gmail.com"])
            values["email"] = f"{chance.choice('xyz')}@{host}"
        if is_company and chance.random() < 0.4:
            values["vat"] = f"PT50000000{chance.randrange(4)}"
        if is_company and chance.random() < 0.3:
            values["website"] = f"https://{chance.choice(['a.test', 'c.test'])}"
        return values

    def test_the_best_of_all_pairs_is_proposed(self):
        chance = random.Random(7)
        self.patch(match_marks, "STRETCH", 13)
        self.patch(match_marks, "MARKS_STRETCH", 13)
        # Everybody meets everybody with whom a mark is shared.
        self.patch(match_marks, "NEIGHBORS", 110)
        there = [self.draw(chance, number) for number in range(30)]
        partners = self.env["res.partner"].create(there)
        rows = {str(number): self.draw(chance, number) for number in range(1, 81)}
        self.stage("people", "res.partner", rows)
        found = self.match()
        ids = {key: self.staged("people", key).id for key in rows}
        staged = [(ids[key], mark(values)) for key, values in rows.items()]
        known = [(p.id, mark(v)) for p, v in zip(partners, there, strict=True)]
        for kind in ("source", "odoo"):
            expected = set()
            for record_id, one in staged:
                others = [(i, o) for i, o in staged if i < record_id]
                pairs = [
                    (-get_score(one, other), other_id)
                    for other_id, other in (known if kind == "odoo" else others)
                    if get_score(one, other)
                ]
                if pairs:
                    best = min(pairs)
                    expected.add((record_id, best[1], -best[0]))
            proposed = {
                (d.record_id.id, d.res_id if kind == "odoo" else d.other_record_id.id)
                + (d.score,)
                for d in found.filtered(lambda d, k=kind: d.kind == k)
            }
            self.assertTrue(expected)
            self.assertEqual(proposed, expected, kind)

    def test_a_mark_of_too_many_is_said_and_not_expanded(self):
        self.patch(match, "LARGEST", 5)
        rows = {
            str(n): {"name": f"Person {n}", "email": "reception@x.test"}
            for n in range(1, 9)
        }
        rows["9"] = {"name": "Person 3", "email": "reception@x.test"}
        rows["10"] = {"name": "Ana", "email": "ana@x.test"}
        rows["11"] = {"name": "A.", "email": "ana@x.test"}
        self.stage("people", "res.partner", rows)
        found = self.match()
        names = {(d.record_id.source_id, d.score) for d in found}
        # The same name, though a mailbox of several: less than the same address.
        self.assertEqual(names, {("9", 93), ("11", 85)})
        message = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "shared_by_many")]
        )
        self.assertEqual(message.value, "reception@x.test")
        self.assertIn("9 records share “reception@x.test”", message.text)

    def test_it_goes_on_where_it_was_ended(self):
        self.patch(match_marks, "STRETCH", 2)
        rows = {str(n): {"name": "Ana", "email": "a@x.test"} for n in range(1, 8)}
        self.stage("people", "res.partner", rows)
        phase = self.env["crm.migration.phase.match"]
        # One stretch a batch, as if the time were always up.
        self.patch(type(phase), "_get_end", lambda self: time.monotonic() + 0.001)
        run = self.job.run_ids.create({"job_id": self.job.id, "kind": "transform"})
        run._enter("match")
        places = []
        while not run._work():
            self.env.flush_all()
            self.env.invalidate_all()
            places.append(tuple(run.checkpoint))
        self.assertGreater(len([at for at in places if at[0] == 5]), 3, places)
        found = self.env["crm.migration.duplicate"].search(
            [("job_id", "=", self.job.id), ("kind", "=", "source")]
        )
        self.assertEqual(len(found), 6)
