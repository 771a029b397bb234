"""The contract of a source, and the transport shared by all of them."""
