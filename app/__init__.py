"""Clausewise: where a working group agrees on a definition, clause by clause."""
