"""How fast it is, on a case of a size that a large working group would reach.

``python -m bench`` (``make bench``) loads the case, serves it and measures: docs/performance.md.
"""
