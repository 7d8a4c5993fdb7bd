"""Consultations: calls for comment on a version, with a window, an audience and a question.
Stands ready for its furniture; nothing is kept here yet.
"""
