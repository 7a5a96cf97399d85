"""Webhooks: a subscription that is stored, and what comes on it sent to an address, signed, until it has arrived.

`hooks` makes and ends them; `drawing` puts what comes on the subscription into the outbox; `outbox` says who sends
what and when, and `sending` sends it. `dispatcher` does all of that over and over. `targets` says where anything may be
sent, and `signing` how the receiver knows that it comes from here.
"""
