"""Pages where rooms meet: home, a group, the working text with its margin, a version, a clause.

The highest room: it composes queries of the rooms below, and has no tables and no verbs of its own.
"""
