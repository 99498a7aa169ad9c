"""Time spent as a record states it. Pure."""

MINUTES_IN_TENTH = 6
MOST = 0.25
"""Hours: what a module may suggest as CPD time, however long somebody was at it. A rule of our own; nobody sets one."""


def hours(minutes: int) -> float:
    """Hours in tenths, rounded down, so that nobody claims more than was spent."""
    return minutes // MINUTES_IN_TENTH / 10


def suggested(minutes: int) -> float:
    """The CPD time, in hours, that a learner may put down for this many minutes: those spent, rounded down, at most a quarter."""
    return min(hours(minutes), MOST)
