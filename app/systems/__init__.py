"""Systems, components, facts, licences, requirements, assessments, impact: what the definition decides about.
Stands ready for its furniture; nothing is kept here yet.
"""
