"""Who is told what: inbox, mail, digests, feeds, webhooks, live stream.
Words: notice, delivery. The record is the outbox: what is told is read from its entries.
"""
