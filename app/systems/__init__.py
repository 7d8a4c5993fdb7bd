"""Systems, components, facts, licences, assessments: what the definition decides about.
Stands ready for its furniture; nothing is kept here yet.
"""
