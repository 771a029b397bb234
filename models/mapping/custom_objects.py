"""Models ``x_…`` that a migration creates for records of a kind that Odoo does not have."""

PREFIX = "x_"
NAME, NOTES = "x_name", "x_migration_notes"
"""Fields that each of them has."""
STAND_IN = "crm.migration.custom.object"


def is_custom_object(model_name):
    """Tell whether records go into a model of their own.

    >>> is_custom_object("x_machines"), is_custom_object("crm.lead"), is_custom_object(None)
    (True, False, False)
    """
    return (model_name or "").startswith(PREFIX)


def get_model(env, model_name):
    """Return the model; of a custom object that is not created yet, what each one has."""
    if is_custom_object(model_name) and model_name not in env:
        return env[STAND_IN]
    return env[model_name]
