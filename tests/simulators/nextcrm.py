"""NextCRM as a whole: its database behind a front door with a password, its object store."""

import threading

from .nextcrm_awkward import make_awkward_company
from .nextcrm_data import make_company
from .nextcrm_database import NextCrmDatabase, find_server
from .nextcrm_door import Door
from .nextcrm_store import Store

LOGIN, PASSWORD = "reader", "s3cret-pässwörd"


class NextCrmSimulator:
    """Use it as a context manager; ``settings`` is what a reader needs to connect.

    :param scale: instead of a company: one of 20,000 awkward rows, times this
    """

    def __init__(self, version="0.21.2", company=None, *, scale=None, host="127.0.0.1", port=0):  # fmt: skip
        if scale and not company:
            company = make_awkward_company(scale)
        self.company = company or make_company()
        self.version = version
        self._address = (host, port)
        self.stopping = threading.Event()
        self.database = self.door = self.store = None

    @property
    def url(self):
        """Return the address as NextCRM's DATABASE_URL has it, without the password."""
        place = f"{self._address[0]}:{self.door.port}/{self.database.name}"
        return f"postgresql://{LOGIN}@{place}?schema={self.database.schema}"

    @property
    def settings(self):
        return {
            "host": self._address[0],
            "port": self.door.port,
            "database": self.database.name,
            "schema": self.database.schema,
            "login": LOGIN,
            "password": PASSWORD,
            "sslmode": "prefer",
            "s3_endpoint": self.store.url,
            "s3_access_key": self.store.access,
            "s3_secret_key": self.store.secret,
        }

    def execute(self, sql, values=None):
        """Change the data as the people who work with it do."""
        return self.database.execute(sql, values)

    def asked(self, text):
        """Return the logged statements that contain ``text``."""
        return [sql for sql in self.door.statements if text in sql]

    def calm(self):
        """Forget the faults that were asked for."""
        self.door.faults.clear()
        self.door.password = PASSWORD
        self.store.faults.clear()

    def start(self):
        self.database = NextCrmDatabase(self.version, self.company)
        host, port = self._address
        self.door = Door(
            find_server(), login=LOGIN, password=PASSWORD, host=host, port=port
        )
        self.store = Store(self.company.files, host=host).start()
        return self

    def stop(self):
        self.stopping.set()
        self.door.close()
        self.store.stop()
        self.database.close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *exc_info):
        self.stop()
