"""Servers that behave like the source systems: real HTTP on loopback, invented data."""
