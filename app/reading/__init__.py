"""Pages where rooms meet: home, a group, the working text with its margin, a version, a clause.

The highest room: it composes queries of the rooms below. Of its own it has one table and one verb,
``mark_as_seen``: until when somebody has looked.
"""
