"""What differs between Odoo 19 and 20, behind one function each; see README, The Next Odoo.

Source: the code of 19.0, and what is published of 20.0.
"""


def get_parameter(env, name):
    """Return a system parameter as text, empty where there is none.

    20.0: ``get_str``; ``get_param`` is gone.
    """
    return env["ir.config_parameter"].sudo().get_param(name) or ""


def announce_registry(env):
    """Let every process know of new or dropped fields, by the commit that makes them so.

    Odoo tells of them behind the commit (``Registry.signal_changes``): who is killed in
    between, and a command line that ends, leaves servers that do not know of a field.
    """
    env.cr.execute("INSERT INTO orm_signaling_registry DEFAULT VALUES RETURNING id")
    [number] = env.cr.fetchone()
    # We know them. Where another process has announced something besides, we load anew.
    if env.registry.registry_sequence == number - 1:
        env.registry.registry_sequence = number


def get_access(env, model_name):
    """Return the records that give access to a model.

    20.0: ``ir.access``, see ``grant_access``.
    """
    return env["ir.model.access"].search([("model_id.model", "=", model_name)])


def grant_access(env, name, model, group, changes=True):
    """Let a group do everything with the records of a model, or only read them.

    20.0: ``ir.access``, in which the rights and the rules of 19.0 are one.

    :param model: record of ``ir.model``
    :param group: record of ``res.groups``
    :param changes: also create, change and delete them
    """
    return env["ir.model.access"].create(
        {
            "name": name,
            "model_id": model.id,
            "group_id": group.id,
            "perm_read": True,
            "perm_write": changes,
            "perm_create": changes,
            "perm_unlink": changes,
        }
    )


def hand_over_access(env, groups, heir):
    """Give what groups may do with models that were made on the way to another group.

    A group that has such rights cannot be deleted.

    20.0: ``ir.access``, see ``grant_access``.
    """
    rights = env["ir.model.access"].with_context(active_test=False)
    rights.search(
        [("group_id", "in", groups.ids), ("model_id.state", "=", "manual")]
    ).group_id = heir
