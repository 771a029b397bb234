"""Where the time goes from two files to proven contacts: phases, functions, statements.

``./dev/bench --profile DIR [--scale 1.0]`` writes a text into the folder: 24,000 rows, or
that many times the scale. Once statements alone are counted, once functions: the profiler
makes calls slower than they are, so times of the one are none of the other. What the
server spent is seen from here, by statement without its values: no extension is needed.
"""

import cProfile
import io
import pstats
import re
import time
from pathlib import Path

from bench_import import migrate, write_files
from bench_measure import get_clock, get_spent, rate
from bench_work import measured

LINES = 30
WIDTH = 150
LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b|%s|%\(\w+\)s")
ROW = re.compile(r"\((?:\?|NULL|null|true|false|DEFAULT|::\w+|[\s,])+\)(?:::\w+)?")
ROWS = re.compile(r"\(…\)(?:\s*,\s*\(…\))+")


def normalize(query):
    """Return a statement without its values, the same for any number of them."""
    text = query.decode(errors="replace") if isinstance(query, bytes) else str(query)
    text = LITERAL.sub("?", text)
    text = ROWS.sub("(…), …", ROW.sub("(…)", text))
    return " ".join(text.split())


class Statements(dict):
    """Statement → [calls, seconds], as long as the block is open."""

    def __enter__(self):
        from psycopg2.extensions import cursor

        from odoo.sql_db import PsycoConnection

        found = self

        class Counting(cursor):
            def execute(self, query, *given, **named):
                with found.counting(query):
                    return super().execute(query, *given, **named)

            def copy_expert(self, query, *given, **named):
                with found.counting(query):
                    return super().copy_expert(query, *given, **named)

        def open_cursor(connection, *arguments, **options):
            options.setdefault("cursor_factory", Counting)
            return super(PsycoConnection, connection).cursor(*arguments, **options)

        PsycoConnection.cursor = open_cursor
        return self

    def __exit__(self, *_error):
        from odoo.sql_db import PsycoConnection

        del PsycoConnection.cursor

    def counting(self, query):
        return _Stretch(self, query)


class _Stretch:
    def __init__(self, statements, query):
        self.statements, self.query = statements, query

    def __enter__(self):
        self.begun = time.perf_counter()

    def __exit__(self, *_error):
        seconds = time.perf_counter() - self.begun
        entry = self.statements.setdefault(normalize(self.query), [0, 0.0])
        entry[0] += 1
        entry[1] += seconds


def write_profile(folder, scale):
    """Write what was found into the folder; return the path."""
    files = write_files(int(4000 * scale), int(20_000 * scale))
    number = sum(content.count(b"\n") - 1 for _name, content in files)
    parts = [
        f"{number} rows in two files, from the first look to verified",
        *_count_statements(files, number),
        *_count_functions(files),
    ]
    path = Path(folder, f"profile_{number}.txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def _count_statements(files, number):
    with Statements() as statements, measured() as env:
        statements.clear()
        begun = get_clock()
        phases = migrate(env, files)
        spent = get_spent(begun)
    yield _table(
        f"Phases: {spent:.1f} s, {spent.cpu:.1f} s of processor time,"
        f" {rate(number, spent):,.0f} records/s",
        "phase | s | of processor",
        [
            (f"{kind}: {phase}", f"{each:.2f}", f"{each.cpu:.2f}")
            for (kind, phase), each in phases.items()
        ],
    )
    calls = sum(count for count, _seconds in statements.values())
    total = sum(seconds for _count, seconds in statements.values())
    by_time = sorted(statements.items(), key=lambda item: -item[1][1])
    yield _table(
        f"Statements: {calls} in {total:.1f} s; by all of their time",
        "s | calls | ms each | statement",
        [
            (f"{seconds:.2f}", count, f"{1000 * seconds / count:.2f}", text[:WIDTH])
            for text, (count, seconds) in by_time[:LINES]
        ],
    )
    by_calls = sorted(statements.items(), key=lambda item: -item[1][0])
    yield _table(
        "Statements by their number",
        "calls | s | statement",
        [
            (count, f"{seconds:.2f}", text[:WIDTH])
            for text, (count, seconds) in by_calls[: LINES // 2]
        ],
    )


def _count_functions(files):
    profiler = cProfile.Profile()
    with measured() as env:
        profiler.enable()
        migrate(env, files)
        profiler.disable()
    for order, title in (("tottime", "own time"), ("cumulative", "time with callees")):
        text = io.StringIO()
        pstats.Stats(profiler, stream=text).sort_stats(order).print_stats(LINES)
        yield f"Functions by {title}\n{_shorten(text.getvalue())}"


def _shorten(text):
    """Return a table of pstats without the folders of this machine."""
    lines = text.strip().splitlines()
    return "\n".join(re.sub(r"\S*/(\w+/\S+)$", r"\1", line) for line in lines if line)


def _table(title, heading, rows):
    names = heading.split(" | ")
    widths = [
        max(len(str(row[place])) for row in [names, *rows])
        for place in range(len(names) - 1)
    ]
    lines = [
        "  ".join(
            [str(cell).rjust(width) for cell, width in zip(row, widths, strict=False)]
            + [str(row[-1])]
        )
        for row in [names, *rows]
    ]
    return "\n".join([title, *lines])
