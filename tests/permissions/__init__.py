"""Who may do what: one table, held against the application, and told in ``docs/permissions.md``."""
