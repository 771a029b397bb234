"""Models and fields in memory: those of the other processes, and those that never were."""

import gc

from odoo.modules.registry import Registry


def at_present(records):
    """Return records as those of the models that are in memory now.

    Loading models anew makes new classes; a record of an old one may be read for its id,
    and nothing else.
    """
    return records.env[records._name].browse(records.ids)


def renew_registry(env):
    """Take over what other processes have changed of models, fields and what is cached.

    As Odoo does before it calls a scheduled action (19.0 ``ir_cron._callback``). Only
    where nothing is pending in the transaction; go on with ``at_present`` records.
    """
    known = env.registry
    # Another thread may have loaded them already.
    Registry(known.db_name).check_signaling(env.cr)
    if Registry(known.db_name) is not known:
        env.transaction.reset()
        # The command line has put aside what it began with: by now it is garbage.
        gc.unfreeze()


def is_registry_outdated(env):
    """Tell whether another process has changed models or fields since ours were loaded.

    By a connection of its own: what was committed since our transaction began counts.
    """
    known = env.registry
    return Registry(known.db_name).check_signaling() is not known


def restore_registry(env):
    """Know the models and fields that the transaction has, behind a savepoint taken back.

    Odoo does so only where all of the transaction is taken back (19.0
    ``Registry.reset_changes``). A field that is known and not there makes every later
    statement on its table fail.
    """
    registry = env.registry
    if registry.registry_invalidated:
        registry._setup_models__(env.cr)
