"""Methods of Odoo's applications that tell people something, held back while we load."""

import functools

from .silence import is_silent


def mute(model_class, name, answer=None):
    """Let a method do nothing in our environment, and in ours only.

    An application need not be installed, hence a patch once the registry is ready
    instead of an inheritance. Doing it twice changes nothing.

    :param model_class: class of the registry
    :param answer: what it returns where there is nobody to tell
    :raises AttributeError: the method does not exist (any more)
    """
    origin = getattr(model_class, name)
    if hasattr(origin, "crm_migration_origin"):
        return

    def muted(records, *args, **kwargs):
        if is_silent(records.env):
            return answer
        return origin(records, *args, **kwargs)

    functools.update_wrapper(muted, origin)
    muted.crm_migration_origin = origin
    setattr(model_class, name, muted)
