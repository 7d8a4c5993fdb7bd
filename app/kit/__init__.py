"""What every room needs and no room owns: database, clock, refusals, web, markup.

Knows no room. A file here is named after one idea; a function that serves one room belongs there.
"""
