"""Making this machine's index."""

from collections.abc import Callable, Iterable, Iterator

from app.content.messages import say
from app.directory.queries import LiveService
from app.search.index import OpenIndex
from app.search.sync import IndexNotReady, keeper


def ensure() -> str:
    """Have an index that is in step with the directory, made if need be, and say in words how much is in it."""
    try:
        opened = keeper().opened()
    except IndexNotReady:
        opened = keeper().rebuild()
    return say("search.index.holds", count=opened.size)


def rebuild(*, progress: Callable[[int], None]) -> OpenIndex:
    """Make the index again from the database; searches go on with the old one. `progress` hears of services written."""

    def watched(batches: Iterable[list[LiveService]]) -> Iterator[list[LiveService]]:
        for batch in batches:
            yield batch
            progress(len(batch))

    return keeper().rebuild(watched)
