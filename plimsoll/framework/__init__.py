"""The authority's framework: the nouns of policy, read from `policy/`, never from code.

`editions.current()` and `editions.edition("liverpool/2026-27")` give an `Edition`
(model.py); `check.py` says what in it contradicts itself.
"""
