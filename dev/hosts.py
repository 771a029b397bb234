"""Two hosts on one database, each with a data folder of its own, behind a balancer."""

import configparser
import os
import subprocess
import time
from contextlib import ExitStack, contextmanager, suppress

import psutil
from balancer import balancing
from databases import CONF, ENV, get_options
from processes import cut_connections, query

APART = 20
"""Ports that the balancer is away from the server of the checkout; the hosts follow."""

RUNNER = """
    SELECT act.application_name FROM pg_locks AS lock
      JOIN pg_stat_activity AS act ON act.pid = lock.pid
     WHERE lock.locktype = 'advisory' AND lock.granted
       AND (lock.classid::bigint << 32) | lock.objid::bigint = 2293787760715711918
       AND act.datname = current_database()
"""
"""Who hands the jobs out: Odoo names its connections after the process."""


class Host:
    """A server with workers that can lose its power, and comes again."""

    def __init__(self, database, environment, number, balancer, with_queue):
        self.database, self.number = database, number
        self.port = balancer + 4 * number
        self.environment = {**os.environ, **environment}
        self.with_queue = with_queue
        if with_queue:
            self.environment |= {
                "ODOO_QUEUE_JOB_CHANNELS": "root:4",
                "ODOO_QUEUE_JOB_HOST": "127.0.0.1",
                "ODOO_QUEUE_JOB_PORT": str(balancer),
            }
        self.server, self.back = None, 0

    def start(self):
        arguments = [ENV / "odoo-bin", "-c", self.write_conf(), "-d", self.database]
        arguments += ["--workers=3", "--max-cron-threads=2", "--log-level=warn"]
        arguments += [f"--http-port={self.port}", f"--gevent-port={self.port + 1}"]
        if self.with_queue:
            arguments += ["--load=base,web,queue_job"]
        with (ENV / f"workers_server_{self.number}.log").open("a") as output:
            self.server = psutil.Popen(
                [*map(str, arguments)],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environment,
            )

    def write_conf(self):
        """Sessions and assets of each host are its own; files and the key are shared."""
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(CONF)
        shared = get_options()["data_dir"]
        folder = ENV / f"host_{self.number}"
        folder.mkdir(exist_ok=True)
        for name in ("filestore", "crm_migration.key"):
            link = folder / name
            if not link.is_symlink():
                link.symlink_to(f"{shared}/{name}")
        parser["options"]["data_dir"] = str(folder)
        path = folder / "odoo.conf"
        with path.open("w") as file:
            parser.write(file)
        return path

    def is_up(self):
        return self.server and self.server.is_running()

    def list_workers(self):
        return self.server.children() if self.is_up() else []

    def lose_power(self, seconds):
        """Kill all of its processes at once; it comes again after a while."""
        self.server.suspend()  # else it would make new ones meanwhile
        for process in [*self.server.children(recursive=True), self.server]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.server.wait()
        self.server, self.back = None, time.monotonic() + seconds

    def come_again(self):
        if not self.server and time.monotonic() > self.back:
            self.start()

    def stop(self):
        if self.is_up():
            self.server.terminate()
            self.server.wait(180)


class Hosts:
    """Who is there, and who is struck."""

    def __init__(self, hosts, database, chance, with_queue):
        self.hosts, self.database = hosts, database
        self.chance = chance
        self.order = ["worker", "host", "worker", "connections"]
        if with_queue:
            self.order = ["worker", "runner", "worker", "leader's host", "connections"]
        self.number = 0

    def come_again(self):
        for host in self.hosts:
            host.come_again()

    def strike(self):
        """Strike the next in turn; return who it was, None where nobody is there."""
        who = self.order[self.number % len(self.order)]
        if self.hit(who):
            self.number += 1
            return who
        return None

    def hit(self, who):
        if who == "connections":
            cut_connections(self.database)
            return True
        runner = self.find_runner()
        up = [host for host in self.hosts if host.is_up()]
        if who == "runner":
            return bool(runner) and self.kill(runner)
        if who == "worker":
            workers = [each for host in up for each in host.list_workers()]
            return bool(workers) and self.kill(self.chance.choice(workers))
        if len(up) < len(self.hosts):
            return False  # somebody is to go on
        if who == "leader's host":
            up = [host for host in up if runner in host.list_workers()]
        if not up:
            return False
        self.chance.choice(up).lose_power(self.chance.uniform(0, 6))
        return True

    def find_runner(self):
        for (name,) in query(self.database, RUNNER):
            with suppress(psutil.NoSuchProcess, ValueError):
                return psutil.Process(int(name.rpartition("-")[2]))
        return None

    def kill(self, process):
        try:
            process.kill()
        except psutil.NoSuchProcess:
            return False  # it has just ended
        return True


@contextmanager
def serving(database, environment, chance, with_queue):
    """Run two hosts behind a balancer while the block lasts; give them."""
    balancer = int(get_options().get("http_port", 8069)) + APART
    hosts = [Host(database, environment, n, balancer, with_queue) for n in (1, 2)]
    for host in hosts:
        (ENV / f"workers_server_{host.number}.log").write_text("")
    with ExitStack() as stack:
        stack.enter_context(balancing(balancer, [host.port for host in hosts]))
        for host in hosts:
            stack.callback(host.stop)
            host.start()
        yield Hosts(hosts, database, chance, with_queue)
