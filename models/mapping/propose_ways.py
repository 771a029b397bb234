"""Keep how the fields of each object are read, whatever a person makes of them."""

from .profile_texts import as_list


def keep_ways(job, ways):
    """Keep what a source says of its fields with the objects of a migration.

    :param ways: name of a stream → its ``Ways``, None where it has none
    """
    for stream in job.stream_ids:
        found = ways.get(stream.name)
        if not found:
            continue
        known = found.as_json()
        named = {s[1] for steps in known["steps"] for s in steps if s[0] == "value_map"}
        known["lists"] = {
            item.name: as_list(job.env, job, item)
            for item in found.lists
            if item.name in named
        }
        if stream.ways != known:
            stream.ways = known
