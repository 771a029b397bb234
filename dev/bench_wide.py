"""A file of 500 columns: how long it takes to know what they are, and what they may become."""

import tempfile
import time

from bench_data import write_wide_table


def bench_wide_table(job):
    """Look at a file of 500 columns, then suggest three fields for each of them."""
    from odoo.addons.crm_migration.connectors.spreadsheet import SOURCE
    from odoo.addons.crm_migration.models.mapping.propose_fields import Proposer
    from odoo.addons.crm_migration.models.mapping.suggest import Suggester

    mapping = job.mapping_ids.filtered(lambda each: each.stream == "contacts")
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        rows = write_wide_table(file)
        begun = time.process_time()
        source = SOURCE({"files": [{"name": "contacts.csv", "path": file.name}]})
        source.get_mappings()
        read = time.process_time() - begun
    proposer = Proposer(job.env, job)
    proposer.keep_sample(mapping.stream_id, rows, ())
    job.env.flush_all()
    begun = time.perf_counter()
    Suggester(job.env, mapping).suggest(mapping.stream_id.sample)
    return {
        "500 columns: what they are s": read,
        "500 columns: three fields each s": time.perf_counter() - begun,
    }
