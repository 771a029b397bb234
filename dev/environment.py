"""Bring up a real Odoo 19, PostgreSQL and a browser in ``.env/``. Standard library only.

Every step is skipped when its result is there already, so that running it again
costs seconds. What is given is honoured: ``ODOO_PATH`` (a checkout, or the folder
that holds an installed ``odoo`` package), ``DATABASE_URL`` or the ``PG*`` variables.
"""

import configparser
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
ENV = ROOT / ".env"
VENV = ENV / "venv"
PYTHON = VENV / "bin" / "python"
CONF = ENV / "odoo.conf"
MODULE = "crm_migration"
REQUIREMENTS = ROOT / "dev" / "requirements.txt"
SELFIE_SCRIPT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
# Debian replaces these bundled files by links into packages of their own. Font
# Awesome is pinned to the last release that still ships the 4.7 files Odoo uses.
DEBIAN_PACKAGES = (
    "odoo-19/sid",
    "libjs-jquery/sid",
    "libjs-underscore/sid",
    "libjs-jquery-form/sid",
    "fonts-roboto-unhinted/sid",
    "fonts-inconsolata/sid",
    "fonts-montserrat/sid",
    "fonts-font-awesome/bookworm",
)
# Without their dependencies: those name the Odoo distribution, which PyPI lacks.
OCA_PACKAGES = ("odoo-addon-queue-job==19.0.2.4.0.1", "openupgradelib==3.13.7")


def say(text):
    print(f"setup: {text}", flush=True)


def run(*command, **kwargs):
    """Run a command; show what it printed only when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **kwargs,
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\nsetup: failed: {' '.join(map(str, command))}")
    return done.stdout


def _stamp(name, text):
    """Return (is it done, function that marks it done) for a step keyed by ``text``."""
    path = ENV / "stamps" / name
    key = hashlib.sha256(text.encode()).hexdigest()

    def done():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(key)

    return path.exists() and path.read_text() == key, done


def _interpreter():
    """Return a Python that Odoo 19.0 accepts (3.10 to 3.13), the running one first."""
    names = [sys.executable, *(f"python3.{minor}" for minor in (12, 11, 13, 10))]
    probe = "import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))"
    for name in filter(None, map(shutil.which, names)):
        if not subprocess.run(
            [name, "-c", probe], capture_output=True, check=False
        ).returncode:
            return name
    sys.exit("setup: Python 3.10 to 3.13 with the venv module is needed")


def ensure_venv():
    fresh, done = _stamp("venv", REQUIREMENTS.read_text() + repr(OCA_PACKAGES))
    if fresh and PYTHON.exists():
        return
    say("Python packages")
    if not PYTHON.exists():
        run(_interpreter(), "-m", "venv", VENV)
    run(PYTHON, "-m", "pip", "install", "-q", "-r", REQUIREMENTS)
    if OCA_PACKAGES:
        run(PYTHON, "-m", "pip", "install", "-q", "--no-deps", *OCA_PACKAGES)
    done()


def _odoo_root(folder):
    """Return the folder that has the ``odoo`` package, or None."""
    for candidate in (folder, folder / "usr/lib/python3/dist-packages"):
        if (candidate / "odoo" / "release.py").exists():
            return candidate
    return None


def ensure_odoo():
    """Return the folder that holds Odoo 19's ``odoo`` package: given, cloned or Debian's."""
    if given := os.environ.get("ODOO_PATH"):
        root = _odoo_root(Path(given).resolve())
        return root or sys.exit(f"setup: ODOO_PATH={given} holds no odoo/release.py")
    target = ENV / "odoo"
    if not _odoo_root(target):
        partial = ENV / "odoo.partial"
        shutil.rmtree(partial, ignore_errors=True)
        if not _clone_odoo(partial):
            _unpack_odoo(partial)
        partial.rename(target)
    return _odoo_root(target) or sys.exit(
        "setup: the Odoo that was fetched is not complete"
    )


def _clone_odoo(target):
    say("Odoo 19.0 from GitHub")
    url = "https://github.com/odoo/odoo"
    quiet = {"capture_output": True, "check": False}
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    try:
        probe = ["git", "ls-remote", "--exit-code", url, "refs/heads/19.0"]
        if subprocess.run(probe, timeout=15, env=environment, **quiet).returncode:
            return False
    except subprocess.TimeoutExpired:
        return False
    clone = ["git", "clone", "-q", "--depth", "1", "--branch", "19.0", url, str(target)]
    return not subprocess.run(clone, env=environment, **quiet).returncode


def _unpack_odoo(target):
    """Unpack Debian's package without root and without touching the system's lists."""
    say("Odoo 19.0 from Debian's archive")
    apt = ENV / "apt"
    for folder in ("lists/partial", "cache/archives/partial", "packages"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    uri = run("apt-get", "--print-uris", "update").split("'")[1]
    mirror = uri.partition("/dists/")[0]
    signed = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
    source_list = apt / "private.list"
    source_list.write_text(
        "".join(
            f"deb {signed} {mirror} {suite} main\n" for suite in ("sid", "bookworm")
        )
    )
    options = [
        f"-oDir::Etc::SourceList={source_list}",
        "-oDir::Etc::SourceParts=/dev/null",
        f"-oDir::State::Lists={apt}/lists",
        f"-oDir::Cache={apt}/cache",
        "-oAPT::Sandbox::User=",
    ]
    run("apt-get", *options, "update")
    run("apt-get", *options, "download", *DEBIAN_PACKAGES, cwd=apt / "packages")
    for package in sorted((apt / "packages").glob("*.deb")):
        run("dpkg-deb", "-x", package, target)
    shutil.rmtree(apt)


def ensure_odoo_usable(root):
    """Put Odoo on the venv's path, and the one script Debian leaves out where it belongs."""
    run(PYTHON, "-c", _WRITE_PTH, root)
    for addons in (root / "addons", root / "odoo" / "addons"):
        script = addons / SELFIE_SCRIPT
        # Its absence is a console error, which fails every browser tour.
        if (addons / "mail").is_dir() and not script.exists():
            script.parent.mkdir(parents=True, exist_ok=True)
            script.touch()


_WRITE_PTH = """
import pathlib, sys, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "odoo-path.pth").write_text(sys.argv[1] + "\\n")
"""


def ensure_database():
    """Return the connection settings of a running PostgreSQL server (``db_…`` options)."""
    if url := os.environ.get("DATABASE_URL"):
        parts = urlsplit(url)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        return {
            "db_host": query.get("host") or parts.hostname,
            "db_port": parts.port,
            "db_user": unquote(parts.username or ""),
            "db_password": unquote(parts.password or ""),
        }
    if os.environ.get("PGHOST") or os.environ.get("PGUSER"):
        names = {"db_host": "PGHOST", "db_port": "PGPORT"}
        names |= {"db_user": "PGUSER", "db_password": "PGPASSWORD"}
        return {option: os.environ.get(name) for option, name in names.items()}
    data = ENV / "postgresql"
    if not data.exists():
        say("PostgreSQL")
    uri = run(PYTHON, ROOT / "dev" / "postgresql.py", data).strip().splitlines()[-1]
    return {"db_host": parse_qs(urlsplit(uri).query)["host"][0], "db_user": "odoo"}


def _kept_port():
    """Return the port that was put into ``odoo.conf``: two checkouts can work at once."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(CONF)
    port = parser.get("options", "http_port", fallback=None)
    # The evented server's is as far from it as Odoo's own from its own.
    return {"http_port": port, "gevent_port": int(port) + 3} if port else {}


def ensure_configuration(root, database):
    """Write ``odoo.conf``. The link gives the checkout the technical name, whatever its own."""
    link = ENV / "addons" / MODULE
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink() or link.resolve() != ROOT:
        link.unlink(missing_ok=True)
        link.symlink_to(ROOT, target_is_directory=True)
    site = next((VENV / "lib").glob("python3.*/site-packages/odoo/addons"), None)
    paths = [
        link.parent,
        site,
        root / "addons" if (root / "addons/web").is_dir() else None,
    ]
    options = {
        "addons_path": ",".join(str(path) for path in paths if path),
        "data_dir": ENV / "data",
        "list_db": True,
        "admin_passwd": "admin",
        "max_cron_threads": 1,
        **_kept_port(),
        **{key: value for key, value in database.items() if value},
    }
    lines = ["[options]", *(f"{key} = {value}" for key, value in options.items())]
    # The simulators run on this machine.
    lines += ["[crm_migration]", "loopback = True", ""]
    # In one go: other commands may be reading it.
    written = CONF.with_suffix(f".{os.getpid()}")
    written.touch(0o600)  # it may hold the password of a given database server
    written.write_text("\n".join(lines))
    written.replace(CONF)
    launcher = ENV / "odoo-bin"
    # A file, not ``-m odoo``: with workers Odoo starts its evented server by the name
    # of the file that started it, again and again where that is a part of a package.
    launcher.write_text(f"#!/bin/sh\n{_LAUNCHER.format(python=PYTHON)}")
    launcher.chmod(0o755)


# The shell sees a command, Python a text: the path may be long and hold blanks.
_LAUNCHER = '''"""exec" "{python}" "$0" "$@" #"""
import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
'''


def ensure_browser():
    """Install Chromium for the tours when it is missing and we may."""
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        return
    if os.geteuid():
        say("no Chromium on the PATH: ask an administrator to install it for the tours")
        return
    say("Chromium")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-q", env=environment)
    run(
        "apt-get",
        "install",
        "-qy",
        "--no-install-recommends",
        "chromium",
        env=environment,
    )


def main():
    started = time.monotonic()
    ENV.mkdir(exist_ok=True)
    ensure_venv()
    root = ensure_odoo()
    ensure_odoo_usable(root)
    ensure_configuration(root, ensure_database())
    ensure_browser()
    say(f"ready in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
