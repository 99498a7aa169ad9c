"""Making this machine's index."""

from collections.abc import Callable, Iterable, Iterator

from app.directory.queries import LiveService
from app.search.index import OpenIndex
from app.search.sync import keeper


def rebuild(*, progress: Callable[[int], None]) -> OpenIndex:
    """Make the index again from the database; searches go on with the old one. `progress` hears of services written."""

    def watched(batches: Iterable[list[LiveService]]) -> Iterator[list[LiveService]]:
        for batch in batches:
            yield batch
            progress(len(batch))

    return keeper().rebuild(watched)
