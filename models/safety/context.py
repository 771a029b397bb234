"""Keys of the context that several rooms read."""

DRY_RUN = "crm_migration_dry_run"
"""Nothing will be kept: no file is read, for its bytes would stay in the filestore."""
