"""Runs a simulator in the foreground: ``python -m simulators concord --port 8000``.

The first line it writes is JSON with the address and the tokens; end it with Ctrl+C.
"""

import argparse
import json
import sys

from .concord import ConcordSimulator
from .concord_data import make_company
from .net_results import NetResultsSimulator
from .net_results_data import make_account
from .nextcrm import NextCrmSimulator
from .nextcrm_awkward import ROWS as NEXTCRM_ROWS
from .nextcrm_data import SIZES as NEXTCRM_SIZES
from .nextcrm_data import make_company as make_nextcrm_company
from .opex365 import Opex365Simulator
from .opex365_data import make_organization
from .soffront import SoffrontSimulator
from .soffront_data import make_customer

SIZES = (
    "contacts", "companies", "deals", "activities", "notes", "calls", "emails",
    "documents", "products", "seed",
)  # fmt: skip
SOFFRONT_SIZES = (
    "accounts", "contacts", "tickets", "leads", "deals", "activities", "defects", "seed",
)  # fmt: skip
NET_RESULTS_SIZES = ("contacts", "activities", "emails", "seed")
OPEX365_SIZES = (
    "contacts", "companies", "leads", "deals", "cases", "emails", "calls", "tasks",
    "meetings", "notes", "machines", "products", "seed",
)  # fmt: skip


def add_concord(sources):
    concord = sources.add_parser("concord", help="Concord CRM")
    concord.add_argument("--version", default="1.6.0", help="of the product")
    concord.add_argument(
        "--rate-limit", type=int, help="calls a minute and user; without it, no limit"
    )
    add_sizes(concord, SIZES)
    concord.set_defaults(start=start_concord, tell=("token", "user_token"))


def start_concord(options, **server):
    company = make_company(**sizes_of(options, SIZES))
    return ConcordSimulator(
        company, version=options.version, rate_limit=options.rate_limit, **server
    )


def add_net_results(sources):
    net_results = sources.add_parser("net_results", help="Net-Results")
    net_results.add_argument("--accounts", action="store_true", help="list companies")
    add_sizes(net_results, NET_RESULTS_SIZES)
    net_results.set_defaults(
        start=start_net_results, tell=("login", "password", "token")
    )


def start_net_results(options, **server):
    account = make_account(**sizes_of(options, NET_RESULTS_SIZES))
    return NetResultsSimulator(account, accounts=options.accounts, **server)


def add_nextcrm(sources):
    nextcrm = sources.add_parser("nextcrm", help="NextCRM (needs PostgreSQL)")
    nextcrm.add_argument("--version", default="0.21.2", help="of the product")
    nextcrm.add_argument("--rows", type=int, help="awkward rows, instead of sizes")
    add_sizes(nextcrm, (*NEXTCRM_SIZES, "seed"))
    nextcrm.set_defaults(start=start_nextcrm, tell=("settings",))


def start_nextcrm(options, **server):
    if options.rows:
        scale = options.rows / NEXTCRM_ROWS
        return NextCrmSimulator(options.version, scale=scale, **server)
    company = make_nextcrm_company(**sizes_of(options, (*NEXTCRM_SIZES, "seed")))
    return NextCrmSimulator(options.version, company, **server)


def add_opex365(sources):
    opex365 = sources.add_parser("opex365", help="OPEX 365 CRM (Microsoft Dataverse)")
    opex365.add_argument(
        "--rate-limit", type=int, help="calls in five minutes; without it, no limit"
    )
    add_sizes(opex365, OPEX365_SIZES)
    opex365.set_defaults(start=start_opex365, tell=("tenant", "client_id", "secret"))


def start_opex365(options, **server):
    org = make_organization(**sizes_of(options, OPEX365_SIZES))
    return Opex365Simulator(org, rate_limit=options.rate_limit, **server)


def add_soffront(sources):
    soffront = sources.add_parser("soffront", help="Soffront CRM")
    soffront.add_argument(
        "--rate-limit", type=int, help="calls a second; without it, no limit"
    )
    add_sizes(soffront, SOFFRONT_SIZES)
    tell = ("address", "key", "user", "password")
    soffront.set_defaults(start=start_soffront, tell=tell)


def start_soffront(options, **server):
    customer = make_customer(**sizes_of(options, SOFFRONT_SIZES))
    return SoffrontSimulator(customer, rate_limit=options.rate_limit, **server)


def add_sizes(parser, names):
    for name in names:
        words = "of the random numbers" if name == "seed" else f"how many {name}"
        parser.add_argument(f"--{name}", type=int, help=words)


def sizes_of(options, names):
    given = {name: getattr(options, name) for name in names}
    return {name: size for name, size in given.items() if size is not None}


def main():
    parser = argparse.ArgumentParser(prog="simulators", description=__doc__)
    sources = parser.add_subparsers(dest="source", required=True)
    for add in (
        add_concord,
        add_net_results,
        add_nextcrm,
        add_opex365,
        add_soffront,
    ):
        add(sources)
    for command in sources.choices.values():
        command.add_argument("--host", default="127.0.0.1")
        command.add_argument("--port", type=int, default=0, help="0 = any free one")
        words = "seconds that the way there and back takes, of each request"
        command.add_argument("--latency", type=float, default=0.0, help=words)
    options = parser.parse_args()
    simulator = options.start(options, host=options.host, port=options.port)
    simulator.latency = options.latency
    with simulator:
        told = {name: getattr(simulator, name) for name in ("url", *options.tell)}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        try:
            simulator.stopping.wait()
        except KeyboardInterrupt:
            sys.stderr.write("stopped\n")


if __name__ == "__main__":
    main()
