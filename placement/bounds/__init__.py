"""Proofs: how good any plan can be, and the certificates that let anybody recompute it."""
