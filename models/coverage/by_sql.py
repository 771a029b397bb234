"""Judge by SQL what is plain: only what is left of it takes Python.

A statement looks at every value of a stretch: whether it stands in its field, is left
out by a rule, or needs a closer look. It compares the payload with Odoo's own tables.
"""

from odoo.tools import SQL

from .by_sql_fields import OF_ONE_PLACE, stands
from .members import Member
from .sight import APART, EMPTY, Sight, any_of, join_texts
from .verdicts import FIELD, LEFT_OUT

BLANK, OPEN = "0", "?"
SETTLED = "abc"
_NO_DAYS = r"0000-00-00|0001-01-01|1601-01-01|1753-01-01|1899-12-3|9999-12-31"
_NO_DAYS += r"|[./-](0001|1900|9999)"
"""Whatever may be a day that stands for none, see ``leaves``."""
_IN_NO_DAYS = (
    *("0000-00-00", "0001", "1601-01-01", "1753-01-01", "1899-12-3", "1900", "9999"),
)
"""One of them is in each such day."""
_UNSURE = f"[<[{{]|{APART}[^{APART}A-Za-z0-9]+({APART}|$)"
"""One of several texts, each behind a sign, has marks, or neither letters nor digits."""
SAMPLE = 200
FEW = 4
"""One value in so many at least is to be plain, or a record as a whole."""


FEW_AT_ONCE, MANY_AT_ONCE = 1000, 5000
"""Records of a stretch, where many or few of them take Python."""


class BySql:
    """What is known of one object from stretch to stretch."""

    def __init__(self, plan, get_suspicion):
        self.plan, self.get_suspicion = plan, get_suspicion
        self.root, self.size = Member(), FEW_AT_ONCE
        """Size: records of the next stretch, more where few of them take Python."""
        self.is_learning, self.is_slow = True, False
        """Slow: hardly anything is plain, Python alone is faster."""

    def learn(self, cr, after, last):
        """Look at payloads of the stretch, as long as they are news."""
        if not self.is_learning:
            return
        cr.execute(
            "SELECT payload FROM crm_migration_record WHERE stream_id = %s AND id > %s"
            " AND id <= %s AND jsonb_typeof(payload) = 'object' ORDER BY id LIMIT %s",
            [self.plan.stream_id, after, last, SAMPLE],
        )
        for (payload,) in cr.fetchall():
            self.root.learn(payload)
        self.is_learning = False

    def settle(self, look, tally, after, last, number):
        """Count what is plain; return the ids of records that need no further look.

        :param number: of records in the stretch
        :return: these, and record id → (paths that are settled, whether an auditor
            must see the record)
        """
        self.learn(look.env.cr, after, last)
        if self.is_slow:
            return [], {}
        # Compiling so many expressions takes longer than a stretch does.
        look.env.cr.execute("SET LOCAL jit = off")
        done, rest, unknown, settled = [], {}, 0, 0
        for mapping_id in self.plan.mappings:
            judge = Judge(look, mapping_id, self.root)
            suspicion = self.get_suspicion(judge.sight)
            for code, is_known, is_suspect, ids in judge.ask(suspicion, after, last):
                paths = judge.count(tally, code, len(ids))
                unknown += 0 if is_known else len(ids)
                settled += len(ids) * len(paths) / max(len(paths) + code.count(OPEN), 1)
                if is_known and not is_suspect and OPEN not in code:
                    done += ids
                else:
                    rest |= dict.fromkeys(ids, (paths, is_suspect))
        self.is_learning = unknown > (len(done) + len(rest)) / 10
        self.is_slow = not done and settled < number / FEW
        self.size = MANY_AT_ONCE if len(done) > len(rest) else FEW_AT_ONCE
        return done, rest


class Judge:
    """The statement for one mapping of an object."""

    def __init__(self, look, mapping_id, root):
        self.look, self.plan, self.mapping_id = look, look.plan, mapping_id
        self.sight = Sight(look, mapping_id, root)
        self.verdicts = [
            (".".join(place), *self._list_verdicts(place))
            for place in self.sight.values
        ]
        paths = [path for path, _outcomes, _conditions in self.verdicts]
        twice = {path for path in paths if paths.count(path) > 1}
        self.verdicts = [
            (path, [], []) if path in twice else (path, outcomes, conditions)
            for path, outcomes, conditions in self.verdicts
        ]

        self.outcomes = [
            (self.plan.of(path), [*dict.fromkeys(outcomes or ())])
            for path, outcomes, _conditions in self.verdicts
        ]

    def _list_verdicts(self, place):
        """Return the outcomes that a value may have for sure, and the condition of each."""
        path = ".".join(place)
        plan, said = self.plan.of(path), self.sight.say(place)
        if plan.is_derived:
            return None, []
        if plan.is_key:
            return [(FIELD, "")], [SQL("TRUE")]
        outcomes, conditions = [], []
        if "." not in path and path.lower().endswith("id") and path[0] != "_":
            outcomes.append((FIELD, ""))
            conditions.append(SQL("btrim(%s) = given.source_id", said))
        if plan.reason and not plan.is_taken and not plan.conditions:
            return [*outcomes, (LEFT_OUT, plan.reason)], [*conditions, SQL("TRUE")]
        return self._add_probes(plan, said, outcomes, conditions)

    def _add_probes(self, plan, said, outcomes, conditions):
        part = None
        for mapping_id, probe in plan.probes:
            if mapping_id != self.mapping_id:
                continue
            where, condition = stands(probe, said, plan.path, self.sight)
            # Another place before this one would count, so that it must be known.
            if condition is None or part not in (None, where):
                break
            part = where
            outcomes.append((where, ""))
            conditions.append(condition)
            if not isinstance(probe, OF_ONE_PLACE):
                break
        return outcomes, conditions

    def ask(self, suspicion, after, last):
        """Return (code, are all members known, is a look needed, ids) of a stretch."""
        table = SQL.identifier(self.sight.model._table)
        part_ids = SQL(
            "staged.values -> map.part ->> '@mapping' = %s", str(self.mapping_id)
        )
        return self.look.env.execute_query(
            SQL(
                """
                WITH given AS MATERIALIZED (
                    SELECT staged.id, staged.source_id, map.res_id, map.outcome,
                           map.loaded_at, map.watermark, map.archived_at,
                           jsonb_strip_nulls(staged.payload) AS v
                      FROM crm_migration_record AS staged
                      JOIN crm_migration_id_map AS map
                        ON map.job_id = staged.job_id AND map.stream = staged.stream
                       AND map.source_id = staged.source_id AND map.res_model = %(model)s
                     WHERE staged.stream_id = %(stream)s
                       AND staged.id > %(after)s AND staged.id <= %(last)s
                       AND jsonb_typeof(staged.payload) = 'object'
                       AND jsonb_typeof(staged.values) = 'object'
                       AND staged.values - map.part = '{}' AND %(mapping)s
                )
                SELECT code, is_known, is_suspect, array_agg(id) FROM (
                    SELECT given.id, %(code)s AS code, %(known)s AS is_known,
                           given.outcome = 'created' AND (%(suspicion)s) AS is_suspect
                      FROM given JOIN %(table)s AS record ON record.id = given.res_id
                     CROSS JOIN LATERAL (
                           SELECT texts.*, %(filled)s AS is_filled
                             FROM (SELECT %(said)s OFFSET 0) AS texts OFFSET 0) AS said
                    OFFSET 0) AS judged
                 GROUP BY code, is_known, is_suspect
                """,
                model=self.sight.model_name,
                stream=self.plan.stream_id,
                after=after,
                last=last,
                mapping=part_ids,
                code=self._get_code(),
                known=self.sight.is_known_whole(),
                suspicion=suspicion,
                table=table,
                said=self.sight.list_said(),
                filled=_are_filled(self.sight.list_plain()),
            )
        )

    def _get_code(self):
        """Return SQL of a text with a character for each value."""
        chars = [
            self._get_char(place, outcomes, conditions)
            for place, (_path, outcomes, conditions) in zip(
                self.sight.values, self.verdicts, strict=True
            )
        ]
        return SQL(" || ").join(chars or [SQL("''::text")])

    def _get_char(self, place, outcomes, conditions):
        if outcomes is None:
            return SQL("%s", BLANK)
        said = self.sight.say(place)
        filled = _is_filled(said)
        if self.sight.root.find(place).is_plain:
            filled = SQL("(said.is_filled OR %s)", filled)
        if not conditions:
            return SQL(
                "CASE WHEN COALESCE(%s, '') IN %s THEN '0' ELSE '?' END", said, EMPTY
            )
        chars = dict.fromkeys(outcomes)
        for char, outcome in zip(SETTLED, chars, strict=False):
            chars[outcome] = char
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s", any_of(same), chars[outcome])
            for outcome in chars
            if (
                same := [
                    condition
                    for each, condition in zip(outcomes, conditions, strict=True)
                    if each == outcome
                ]
            )
        )
        return SQL(
            "CASE WHEN COALESCE(%s, '') IN %s THEN '0' WHEN NOT %s THEN '?' %s"
            " ELSE '?' END",
            *(said, EMPTY, filled, cases),
        )

    def count(self, tally, code, number):
        """Count the settled values of so many records; return their paths."""
        settled = set()
        for char, (plan, outcomes) in zip(code, self.outcomes, strict=True):
            if char in SETTLED:
                settled.add(plan.path)
                tally.add(plan, *outcomes[SETTLED.index(char)], number)
        return settled


def _are_filled(texts):
    """Return the condition that each of several texts says something, or there is none.

    Nearly always, and one look at all of them takes a third of the time.
    """
    there = [SQL("strpos(joined, %s) = 0", each) for each in _IN_NO_DAYS]
    return SQL(
        "(SELECT joined !~ %s AND %s FROM (SELECT %s AS joined OFFSET 0) AS whole)",
        *(_UNSURE, SQL(" AND ").join(there), join_texts(texts)),
    )


def _is_filled(said):
    """Return the condition that a text says something for sure: see ``leaves``."""
    return SQL(
        "(left(%s, 1) NOT IN ('[', '{') AND CASE WHEN strpos(%s, '<') > 0"
        " THEN regexp_replace(%s, '<[^<>]*>|&[^;]*;', '', 'g') ~ '[A-Za-z0-9]'"
        " WHEN %s ~ '[a-zB-LNOQ-SU-Y]' THEN TRUE"
        " ELSE %s ~ '[0-9]' AND %s !~ %s END)",
        *(said, said, said, said, said, said, _NO_DAYS),
    )
