"""Read a source as if other people stood in it: a rehearsal without personal data.

``Anonymized`` stands before a ``Source`` and gives what the source gives, with invented
names, addresses, numbers and texts. What somebody is called comes out of a secret and of
what they are called in the source, so that the same person is the same everywhere and at
any time; without the secret nobody can tell who it was.

``decide`` says what a member holds (``kinds``), ``apply`` replaces it, the other files
invent: ``names`` (out of ``letters``), ``numbers``, ``addresses``, ``texts``, ``files``.
What nobody knows to be harmless is replaced.
"""

from .addresses import invent_public
from .files import get_placeholder
from .disguise import Anonymized

__all__ = ["Anonymized", "get_placeholder", "invent_public"]
