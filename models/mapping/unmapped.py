"""Values of the source as people read them, where they go to the notes as they are."""


def as_words(value):
    """Return a value in words, None for nothing; no brackets, quotes or braces.

    Members that a connector made (``_…``) are left out: what they say stands elsewhere.

    >>> as_words({"name": "A", "tags": ["x", None, "y"], "_stream": "deals"})
    'name: A; tags: x, y'
    >>> as_words(True), as_words(0), as_words(" "), as_words([])
    ('true', '0', None, None)
    """
    if isinstance(value, dict):
        parts = [
            f"{key}: {text}"
            for key, item in value.items()
            if not str(key).startswith("_") and (text := as_words(item))
        ]
        return "; ".join(parts) or None
    if isinstance(value, list | tuple):
        parts = list(filter(None, map(as_words, value)))
        several = any(isinstance(item, dict) for item in value)
        return ("\n" if several else ", ").join(parts) or None
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() or None
