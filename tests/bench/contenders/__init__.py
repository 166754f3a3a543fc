"""The same questions as experts of other tools would ask them, and as people do.

Each contender loads the projects once, in the form that suits it best, and then has forms by name: functions that
take a question and give one row for a zone (and period), one column an aggregate.
"""
