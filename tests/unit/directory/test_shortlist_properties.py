"""The shortlist's cookie, whatever stands in it."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.directory.takeaway.shortlist import MOST, read, written

_PIECES = st.uuids().map(lambda one: one.hex) | st.text(alphabet="0123456789abcdefX.", max_size=40) | st.text(max_size=9)


@given(st.lists(_PIECES, max_size=20).map(".".join))
def test_a_cookie_of_any_text_is_a_shortlist(cookie: str) -> None:
    ids = read(cookie)
    assert len(ids) <= MOST and len(set(ids)) == len(ids)
    assert [str(UUID(one)) for one in ids] == ids
    assert read(written(ids)) == ids
