"""What has gone wrong on platforms like this one, and what holds it off here."""
