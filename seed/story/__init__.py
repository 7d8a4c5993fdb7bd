"""The story in six chapters, each a list of events in the words of `seed.telling`."""
