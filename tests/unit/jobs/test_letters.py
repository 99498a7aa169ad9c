"""How often a letter is tried, and that it is the same letter each time."""

from datetime import UTC, datetime, timedelta

from app.jobs.letters import WAITS, composed, wait_after
from app.jobs.smtp import is_lasting


def test_a_letter_is_tried_for_a_day_at_most_and_ever_less_often() -> None:
    waits = [wait_after(tries) for tries in range(1, len(WAITS) + 1)]
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
    assert sum(WAITS) <= 24 * 60 and sorted(WAITS) == list(WAITS)
    assert wait_after(len(WAITS) + 1) is None


def test_composed_again_it_is_the_same_to_the_byte() -> None:
    made_at = datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC)

    def one() -> bytes:
        return composed(
            identity="a1", host="example.org", sender="post@example.org", to="ann@example.org", subject="Ä", body="Ö\n", made_at=made_at
        ).as_bytes()

    assert one() == one() and b"Message-ID: <a1@example.org>\r\n" in one() and b"Date: Sun, 29 Mar 2026 00:59:59 +0000\r\n" in one()


def test_only_a_five_hundred_is_for_good() -> None:
    assert [code for code in (-1, 0, 250, 421, 450, 499, 500, 550, 599, 600) if is_lasting(code)] == [500, 550, 599]
