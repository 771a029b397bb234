"""Runs a simulator in the foreground: ``python -m simulators concord --port 8000``.

The first line it writes is JSON with the address and the tokens; end it with Ctrl+C.
"""

import argparse
import json
import sys

from .concord import ConcordSimulator
from .concord_data import make_company

SIZES = (
    "contacts", "companies", "deals", "activities", "notes", "calls", "emails",
    "documents", "products", "seed",
)  # fmt: skip


def main():
    parser = argparse.ArgumentParser(prog="simulators", description=__doc__)
    sources = parser.add_subparsers(dest="source", required=True)
    concord = sources.add_parser("concord", help="Concord CRM")
    concord.add_argument("--host", default="127.0.0.1")
    concord.add_argument("--port", type=int, default=0, help="0 = any free one")
    concord.add_argument("--version", default="1.6.0", help="of the product")
    concord.add_argument(
        "--rate-limit", type=int, help="calls a minute and user; without it, no limit"
    )
    for size in SIZES:
        concord.add_argument(f"--{size}", type=int, help=f"how many {size}" if size != "seed" else "of the random numbers")  # fmt: skip
    options = parser.parse_args()
    sizes = {name: getattr(options, name) for name in SIZES if getattr(options, name) is not None}  # fmt: skip
    simulator = ConcordSimulator(
        make_company(**sizes), version=options.version, rate_limit=options.rate_limit,
        host=options.host, port=options.port,
    )  # fmt: skip
    with simulator:
        first_line = {
            "url": simulator.url,
            "token": simulator.token,
            "user_token": simulator.user_token,
        }
        sys.stdout.write(json.dumps(first_line) + "\n")
        sys.stdout.flush()
        try:
            simulator.stopping.wait()
        except KeyboardInterrupt:
            sys.stderr.write("stopped\n")


if __name__ == "__main__":
    main()
