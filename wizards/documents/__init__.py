"""The documents of a migration: sections of facts and tables, however they are printed."""
