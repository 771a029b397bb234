"""Net-Results, a hosted marketing automation with JSON-RPC controllers."""

from .source import NetResultsSource as SOURCE

__all__ = ["SOURCE"]
