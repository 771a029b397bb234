"""Processes that help the command line to load: as many as wanted, made anew when killed."""

import gc
import logging
import os
import select
import signal
import sys
from contextlib import contextmanager, nullcontext

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import close_all

from ...connectors import available_sources
from .rests import Rests

_logger = logging.getLogger(__name__)

WATCH = 0.2
"""Seconds until the foreman looks again whether a helper is gone."""

TROUBLE = 5
"""Seconds behind which it comes again where the database does not answer."""


@contextmanager
def helping(database, number):
    """Let so many processes work on open slices for as long as the block lasts.

    They end with us, however we end: what they listen to is closed then. A process that
    never touches the database makes them, for one that has connections must not be
    copied. They are copies of us, who know the models already, as the workers of Odoo's
    server are (19.0 ``PreforkServer.run``): to load them once more takes a second.
    """
    is_alone = number < 1 or not hasattr(os, "fork")
    Registry(database)
    # Nobody looks through all models for garbage, and no copy of them is written to.
    gc.freeze()
    try:
        with nullcontext() if is_alone else _copied(database, number):
            yield
    finally:
        gc.unfreeze()


@contextmanager
def _copied(database, number):
    """Let copies of us work for as long as the block lasts."""
    close_all()
    ear, mouth = os.pipe()
    foreman = os.fork()
    if not foreman:
        os.close(mouth)
        _be_another(lambda: _oversee(database, number, ear))
    os.close(ear)
    try:
        yield
    finally:
        os.close(mouth)
        os.waitpid(foreman, 0)


def _be_another(work):
    """Do something as a process of our own, and nothing of what our parent would do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for our parent, who ends us
    status = 1
    try:
        work()
        status = 0
    except Exception as error:  # the boundary: nobody is shown a stack of calls
        # Without the message: it may repeat a customer's value.
        _logger.info("A helper ended: %s", type(error).__name__)
    finally:
        sys.stdout.flush()
        os._exit(status)


def _oversee(database, number, ear):
    """Keep so many helpers alive until nobody needs them any more."""
    helpers, is_over = set(), False
    while not is_over:
        while helpers:
            ended, _status = os.waitpid(-1, os.WNOHANG)
            if not ended:
                break
            helpers.discard(ended)
        while len(helpers) < number:
            helper = os.fork()
            if not helper:
                _be_another(lambda: _help(database, ear))
            helpers.add(helper)
        is_over = _is_over(ear, WATCH)
    for helper in helpers:
        os.waitpid(helper, 0)


def _help(database, ear):
    """Do one open slice after another."""
    available_sources()  # while there is none: it takes as long as a slice
    while not _is_over(ear, 0):
        try:
            with Registry(database).cursor() as cursor:
                env = api.Environment(cursor, SUPERUSER_ID, {})
                rests = Rests(cursor, ear)
                while not _is_over(ear, 0):
                    if env["crm.migration.job"]._work_for_others():
                        rests.end()
                    else:
                        cursor.rollback()
                        rests.take()
        except psycopg2.Error:
            # Whoever leads says what happened to the database, and ends us.
            _is_over(ear, TROUBLE)


def _is_over(ear, seconds):
    """Wait a while; tell whether whoever needs us is gone."""
    return bool(select.select([ear], [], [], seconds)[0])
