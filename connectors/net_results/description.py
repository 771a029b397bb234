"""What the service says of its own methods (SMD 2.0): asked once for each controller."""

from ..core.errors import AuthenticationError, ConfigurationError, FatalError

MISSING = frozenset({"no_method", "not_found", "not_json", "server_error"})
"""What tells that a controller is not there: nobody knows which of them it will be."""


class Description:
    """The methods of each controller, as far as the service tells.

    :param profile: the checked endpoint profile
    :param ask: controller → the answer to a plain GET
    """

    def __init__(self, profile, ask):
        self._profile, self._ask = profile, ask
        self._known, self._stumbled = {}, set()

    def methods_of(self, controller):
        """Return ``{method: names of its parameters}``, None where nothing tells.

        An empty one means that there is no such controller; an error of the server
        itself does not tell.
        """
        if not self._profile["discovery"]["smd"]:
            return None
        found = self._read(controller)
        if found is not None or controller in self._stumbled:
            return found
        # The one controller that must be there: without it, nothing is described.
        must_be = self._profile["objects"]["contact"]["controller"]
        return None if self._read(must_be) is None else {}

    def offers(self, endpoint, key):
        """Tell whether the method named under ``key`` is there; None: nobody knows."""
        methods = self.methods_of(endpoint["controller"])
        return None if methods is None else endpoint.get(key) in methods

    def _read(self, controller):
        if controller not in self._known:
            self._known[controller] = self._describe(controller)
        return self._known[controller]

    def _describe(self, controller):
        try:
            answer = self._ask(controller)
        except AuthenticationError:
            raise
        except (FatalError, ConfigurationError) as error:
            if error.code not in MISSING | {"unexpected_answer"}:
                raise
            if error.code == "server_error":
                self._stumbled.add(controller)
            return None
        answer = answer if isinstance(answer, dict) else {}
        methods = answer.get("methods") or answer.get("services")
        if not isinstance(methods, dict):
            return None
        return {name: _parameters(about) for name, about in methods.items()}


def _parameters(about):
    listed = about.get("parameters") if isinstance(about, dict) else None
    names = [p.get("name") for p in listed or () if isinstance(p, dict)]
    return tuple(name for name in names if name)
