"""The cross checks, one file for each part of the model; `check.py` runs them all.

A rule takes an edition and yields (key, reason) for each thing in it that contradicts
another.
"""
