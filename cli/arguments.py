"""What the command line takes, and says of itself."""

from pathlib import Path

MOST_WORKERS = 8
STATUSES = """\
exit status:
  0  everything arrived
  1  it stopped (something signed has changed, say), does not add up, or differs from what
     it should be
  2  the arguments or the plan cannot be meant, and nothing was started; or the database
     cannot be reached: what was done is kept, "resume" goes on with it
  3  it adds up, but something is lost, refused, undecided or waiting; each with its
     message

Secrets come from the environment: CRM_MIGRATION_TOKEN for the setting "token", and so on;
or from standard input, by --secrets-from-stdin: {"token": "…"}.
"""


def parse(parser, args):
    """Return what the command line says."""
    # ``-c`` may stand before the action, where dev/odoo puts it.
    actions = parser.add_subparsers(dest="action", required=True)
    runner = _add(parser, actions, "run", "read, load and verify a plan")
    runner.add_argument("plan", type=Path, help="the plan (JSON)")
    sampler = _add(
        parser, actions, "sample", "load some records of a plan and what hangs on them"
    )
    sampler.add_argument("plan", type=Path, help="the plan (JSON)")
    sampler.add_argument(
        "--count", type=int, default=25, help="how many records are drawn; 25"
    )
    sampler.add_argument("--seed", help="the same word draws the same records")
    sampler.add_argument(
        "--object", help="draw of this object; else the one most others link to"
    )
    resumer = _add(parser, actions, "resume", "go on with what was interrupted")
    reader = _add(
        parser,
        actions,
        "read-again",
        "read the source of a migration anew and load what is new or has changed",
    )
    delta = _add(
        parser,
        actions,
        "delta",
        "the same, with what is new, changed, in conflict and vanished printed before "
        "anything is written",
    )
    delta.add_argument(
        "--read-only", action="store_true", help="print it, and load nothing"
    )
    delta.add_argument(
        "--cut-over",
        action="store_true",
        help="for the last time: Odoo leads once everything is loaded",
    )
    for action in (reader, delta):
        action.add_argument(
            "--vanished",
            choices=("keep", "archive", "ask"),
            help="what becomes in Odoo of what the source does not have any more",
        )
    fetcher = _add(
        parser,
        actions,
        "fetch",
        "read one record of the source anew, print it beside what was loaded and what "
        "Odoo has, and load it with what belongs to it",
    )
    fetcher.add_argument(
        "--object", required=True, metavar="NAME", help="the object of the source"
    )
    fetcher.add_argument(
        "--id", required=True, metavar="SOURCE_ID", help="its id in the source"
    )
    fetcher.add_argument(
        "--read-only", action="store_true", help="print it, and load nothing"
    )
    verifier = _add(parser, actions, "verify", "compare every value once more")
    proposer = _add(
        parser,
        actions,
        "propose",
        "propose the mapping anew after an update of the addon; decisions stay",
    )
    planner = _add(
        parser,
        actions,
        "plan",
        "print the plan of a migration: all decisions, no secrets",
    )
    undoer = _add(parser, actions, "rollback", "take back what a migration has loaded")
    undoer.add_argument("--object", help="take back this object of the source alone")
    undoer.add_argument(
        "--also-changed",
        action="store_true",
        help="remove also what people have worked on since",
    )
    closer = _add(
        parser,
        actions,
        "close",
        "wipe the credentials and what was read; links and reports stay",
    )
    closer.add_argument(
        "--confirm",
        metavar="NAME",
        help="the name of the migration; without it, what would be wiped is printed",
    )
    cleaner = _add(
        parser,
        actions,
        "cleanup",
        "remove what a migration created and nobody uses, and what was read",
    )
    cleaner.add_argument(
        "--only",
        help="some of it, divided by commas: fields, models, records, payloads, files, "
        "credentials",
    )
    cleaner.add_argument(
        "--confirm",
        action="store_true",
        help="do it; without it, what can go is printed",
    )
    for action in (
        *(resumer, reader, delta, fetcher, verifier, proposer, planner, undoer),
        *(closer, cleaner),
    ):
        action.add_argument(
            "--job", type=int, help="id of the migration; the newest otherwise"
        )
    for action in (runner, sampler, reader, delta):
        action.add_argument(
            "--file",
            type=Path,
            action="append",
            default=[],
            help="a file of the source; several times for several files",
        )
    for action in (runner, sampler, reader, delta, fetcher):
        action.add_argument(
            "--secrets-from-stdin",
            action="store_true",
            help="read the secrets from standard input, a JSON object of their names",
        )
    for action in (runner, resumer, reader, delta):
        action.add_argument(
            "--dry-run", action="store_true", help="rehearse, load nothing"
        )
    for action in (runner, sampler, resumer, reader, delta):
        action.add_argument(
            "--workers",
            type=int,
            choices=range(1, MOST_WORKERS + 1),
            metavar="NUMBER",
            help="processes that load at the same time; else as many as the "
            "migration says, by the scheduler of a server",
        )
    return parser.parse_args(config_last(args))


def _add(parser, actions, name, text):
    action = actions.add_parser(
        name,
        help=text,
        epilog=STATUSES,
        formatter_class=parser.formatter_class,
    )
    action.add_argument("-d", "--database", required=True)
    action.add_argument("-c", "--config", help="odoo.conf")
    action.add_argument("--addons-path", help="as for the server")
    action.add_argument("--quiet", action="store_true", help="no progress")
    action.add_argument("--log-level", default="warn", help="of the server's log")
    return action


def config_last(args):
    """Move ``-c FILE`` behind the action, where its parser expects it."""
    if args and args[0] == "-c":
        return [*args[2:], *args[:2]]
    return args
