"""The parts of a summary, each told from the records: what there is, and what is missing."""
