"""What strangers and machines send, for tests of whatever reads it."""

from typing import Any

from hypothesis import strategies as st

SIGNS = st.text() | st.text("\x00\x1b\r\n\t \u00a0\u200b\u202e\ufeff█²½٣İßſﬁ𝟗%&<>\"'`\\/:;@.,?#=-+*[](){}|~ aAzZ019")
"""Any text, and text of the signs that most often mislead."""

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | SIGNS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
"""Whatever a program may send as JSON, of which Python also reads NaN."""

YAML = SIGNS | st.lists(
    st.sampled_from(
        ["a", "b", "1", "2024-13-45", "~", "yes", ": ", "- ", "? ", "\n", "\n  ", "{", "}", "[", "]", ", ", "&a ", "*a", "<<", "|", ">",
         '"', "'", "#", "---", "!!int ", "!!float ", "!!bool ", "!!timestamp ", "!!binary ", "!!set ", "!x ", "%", "@", "\t", "\x00"]
    )
).map("".join)  # fmt: skip
"""Any text, and text of YAML's own signs."""


def objects(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """Objects that hold any value under any of these names."""
    return st.dictionaries(st.sampled_from(names), JSON, max_size=6)
