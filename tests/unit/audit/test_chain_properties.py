"""A head of the trail as somebody wrote it down."""

from hypothesis import given
from hypothesis import strategies as st

from app.audit.chain import Head
from tests.typed import SIGNS


@given(st.integers(0, 10**15 - 1), st.binary(min_size=32, max_size=32))
def test_a_head_is_read_as_it_was_written(number: int, sealed: bytes) -> None:
    head = Head(number, sealed.hex())
    assert Head.read(str(head)) == head


@given(SIGNS | st.from_regex(r"[0-9]{1,20}:[0-9a-fA-F]{63,65}\n?"))
def test_what_is_no_head_is_refused(text: str) -> None:
    try:
        head = Head.read(text)
    except ValueError:
        return
    assert text.endswith(str(head)) and len(head.hash) == 64
