"""What the APIs of all systems have in common."""

from .errors import FatalError


class Api:
    """Base of what speaks to one system.

    :ivar host: the server, as the user knows it
    """

    host = ""

    def unexpected(self, stream, reason):
        """Return the error for an answer of a form that this system never gives.

        :param reason: what is odd about it, a ``Text``
        """
        return FatalError(
            "unexpected_answer", host=self.host, stream=stream, reason=reason
        )
