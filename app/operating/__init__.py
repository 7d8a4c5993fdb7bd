"""Keeping an instance running: for those who run it, not for those who use it.

Words: ready (it can be used now), behind (what the worker should have done long ago), finding (of
`clausewise doctor`), backup (all tables as they were at one moment). No verbs: nothing in here does
anything in anybody's name.
"""
