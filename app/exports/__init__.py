"""Taking a text away: every version, as of its permanent address, in the format that is needed.

Words: version, ratification. All formats are written from one `Copy` by pure functions, so the
same words stand in the same order in each of them. No verbs: exporting changes nothing.
"""
