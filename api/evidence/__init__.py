"""Entries of the log to proofs that anybody can check without the service: sealed, receipted, signed and kept outside.

`merkle` is the tree over all entries, `note` the signed checkpoints of it, `log` the tree as the database keeps it,
`sealer` what makes it grow, `outside` the checkpoints that lie in a file of their own, `receipt` what a party takes
home, and `audit` the comparison of the database with all that was ever signed.
"""
