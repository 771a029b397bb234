"""Quotations and orders of the source, as quotations that nobody has confirmed."""
