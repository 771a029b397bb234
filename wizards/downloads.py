"""Files that a dialog hands over."""

import re


def offer_download(job, prefix, suffix, raw, mimetype):
    """Keep a file with the migration, in the place of an earlier one; return the action.

    :param job: the migration, as superuser
    :param prefix: what the file is, the first word of its name
    """
    stem = re.sub(r"[^\w.-]+", "-", job.name).strip("-") or "migration"
    name = f"{prefix}-{stem}.{suffix}"
    files = job.env["ir.attachment"].sudo()
    place = [("res_model", "=", job._name), ("res_id", "=", job.id)]
    files.search([*place, ("name", "=", name)]).unlink()
    file = files.create(
        {
            "name": name,
            "raw": raw,
            "mimetype": mimetype,
            "res_model": job._name,
            "res_id": job.id,
        }
    )
    return {
        "type": "ir.actions.act_url",
        "url": f"/web/content/{file.id}?download=true",
        "target": "self",
    }
