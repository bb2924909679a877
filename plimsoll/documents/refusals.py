class Refused(Exception):
    """A file that is not kept; the message says what to do."""
