"""A believable case already in progress: the story of one definition, told by calling verbs.

`people.toml` is the working group: seventy invented people. `versions/*.md` are the texts from
0.0.2 to 1.0, each block with the key of its clause, so that identity is said and not guessed.
`story/` holds what people said, proposed and voted, by chapter, in the words of `telling.py`.
`load.py` plays it all in order, with the clock set to each event's date. The dates up to the
ratification are the true dates of a public process; the last chapter is told relative to today, so
that there is always a ballot to vote in. Every person, affiliation and opinion is invented.
"""
