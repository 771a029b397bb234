"""Account for every filled value of the source: in which place of Odoo does it stand?

``leaves`` says what the values are, ``alike`` compares, ``plan`` knows lines and rules,
``probe*`` look into Odoo, ``look`` fetches what a stretch needs, ``accountant`` decides,
``tally`` writes it down. Nothing here asks what transform and load have computed.
"""
