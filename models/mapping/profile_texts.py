"""What a profile says to people, in their language."""

from dataclasses import replace

from ..words.messages import translate


def in_words(env, value):
    """Return part of a profile as JSON with its texts in the user's language.

    :param value: JSON in which a text to be said is a ``Text``; any other is data, such
        as the options of a list, which come from the source
    """
    if isinstance(value, dict):
        return {key: in_words(env, item) for key, item in value.items()}
    if isinstance(value, list):
        return [in_words(env, item) for item in value]
    return translate(env, value)


def relabeled(env, mapping, note):
    """Return a ``Mapping`` whose label ends with a note."""
    label = translate(env, mapping.label)
    return replace(mapping, label=f"{label} ({note})" if label else note)


def as_list(env, job, item):
    """Return a ``ValueList`` as a migration keeps it."""
    return in_words(
        env,
        {
            "name": item.name,
            "label": item.label,
            "model": env["crm.migration.target"]._get_model_here(item.model, job),
            "choices": [list(choice) for choice in item.choices],
            "proposals": dict(item.proposals),
            "otherwise": item.otherwise,
            "create": item.create,
            "words": item.words,
        },
    )
