"""What tables tell of records that are in none."""

from ..core.file_sentences import FILE_SENTENCES


def find_unmet(group):
    """Return ``Finding``s, once all records of a group were read."""
    found = []
    if group.history and not group.history.of_several:
        moves, deals = group.history.count_unmet()
        data = {"name": group.history.name, "moves": moves, "deals": deals}
        if moves:
            found.append(
                FILE_SENTENCES.finding("warning", "moves_without_deal", **data)
            )
    if group.backlinks and not group.backlinks.of_several:
        links, missing = group.backlinks.count_unmet()
        data = {"name": group.backlinks.name, "links": links, "records": missing}
        if links:
            found.append(
                FILE_SENTENCES.finding("warning", "links_without_record", **data)
            )
    return tuple(found)
