"""Describe how the objects of a source become values for Odoo."""
