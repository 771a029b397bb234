"""Measure the addon side by side with Odoo's own ways; only the ratios mean anything.

Each file ``bench_….py`` may measure: ``BENCHES`` is name → function that takes the scale
and returns title → figure, ``GOALS`` is title → what is to be reached (a number, or
``AtMost``), ``ONLY_BY_NAME`` the names of those that are too long for every day. A
function raises ``Skip`` with a sentence where it cannot measure.
"""

import argparse
import importlib
import json
import subprocess
import sys
from pathlib import Path

from bench_measure import CPU, AtLeast, Skip
from bench_profile import write_profile
from bench_work import drop_databases
from systems import allow_simulators

ORDER = (
    "end to end / base_import",
    "end to end / base_import, untracked",
    "end to end / base_import, two workers",
    "partners / load()",
    "partners / load(), untracked",
    "partners / ORM create",
    "partners / load(), world B",
    "leads / load()",
    "leads / load(), untracked",
    "leads / ORM create",
    "activities / ORM create",
    "meetings / ORM create",
    "tasks / ORM create",
    "messages / ORM create",
    "messages / bare COPY",
    "small rows staging / bare COPY",
    "verified values/s",
    "rolled back records/s",
    "two workers / one",
)
"""The rows that come first, goal or not; other goals follow as they were measured."""


def collect():
    """Return what the files beside this one measure: (benches, goals, only by name)."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    benches, goals, by_name = {}, {}, set()
    for name in names:
        module = importlib.import_module(name)
        benches |= getattr(module, "BENCHES", {})
        goals |= getattr(module, "GOALS", {})
        by_name |= set(getattr(module, "ONLY_BY_NAME", ()))
    return benches, {title: _as_goal(goal) for title, goal in goals.items()}, by_name


def _as_goal(goal):
    return goal if hasattr(goal, "is_reached") else AtLeast(goal)


def measure(names, scale, show):
    """Measure each in a process of its own: nobody finds warm what another one loaded.

    :return: (title → figure, the sentences of what was left out)
    """
    results, skipped = {}, []
    for name in names:
        command = [sys.executable, __file__, "--one", name, "--scale", str(scale)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            sys.exit(f"{name}: failed")
        found = json.loads(done.stdout.splitlines()[-1])
        if isinstance(found, str):
            skipped.append(f"{name}: {found}")
            continue
        results |= found
        for title, value in found.items():
            show(f"{title:<40}{value:>14,.2f}")
    return results, skipped


def measure_one(bench, scale):
    """Print what a bench found as one line of JSON, or why it could not measure."""
    try:
        found = bench(scale)
    except Skip as reason:
        found = str(reason)
    print(f"\n{json.dumps(found)}")


def print_table(results, goals, skipped):
    """Print what has a goal, by time and by processor time."""
    known = [*ORDER, *(title for title in results if title not in ORDER)]
    rows = [title for title in known if title in results and title in {*ORDER, *goals}]
    print(f"\n{'':<40}{'measured':>12}{'by CPU':>12}{'goal':>12}")
    for title in rows:
        value, goal = results[title], goals.get(title, "")
        cpu = f"{results[title + CPU]:,.2f}" if title + CPU in results else ""
        mark = "reached" if goal and goal.is_reached(value) else ""
        print(f"{title:<40}{value:>12,.2f}{cpu:>12}{goal!s:>12}  {mark}".rstrip())
    for sentence in skipped:
        print(f"not measured: {sentence}")


def main():
    benches, goals, by_name = collect()
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--json", action="store_true", help="one JSON object at the end"
    )
    parser.add_argument("--scale", type=float, default=1.0, help="size of the data")
    parser.add_argument("--only", help=f"some of {', '.join(benches)}")
    parser.add_argument(
        "--keep", action="store_true", help="use the databases of last time"
    )
    parser.add_argument(
        "--profile",
        metavar="DIR",
        help="write there where the time goes from two files to proven contacts",
    )
    parser.add_argument("--one", choices=benches, help=argparse.SUPPRESS)
    options = parser.parse_args()
    allow_simulators()
    if options.one:
        return measure_one(benches[options.one], options.scale)
    if options.profile:
        return print(write_profile(options.profile, options.scale))
    if not options.keep:
        drop_databases()
    everything = [name for name in benches if name not in by_name]
    names = options.only.split(",") if options.only else everything
    if unknown := set(names) - benches.keys():
        parser.error(f"nothing is called {', '.join(sorted(unknown))}")
    results, skipped = measure(names, options.scale, _say if options.json else _show)
    if options.json:
        print(json.dumps(results, indent=1))
    else:
        print_table(results, goals, skipped)
    if not options.keep:
        drop_databases()


def _show(line):
    print(line, flush=True)


def _say(line):
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
