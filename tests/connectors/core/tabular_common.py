"""What the tests of tables share."""


def rows(table, position=None):
    return [values for values, _position in table.read_rows(position)]


def codes(table):
    return [finding.code for finding in table.findings]
