"""Writes ``docs/permissions.md`` anew from the table."""

from tests.permissions.page import PAGE, render

PAGE.write_text(render())
