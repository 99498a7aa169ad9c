"""Text of a feed into plain text that is safe to show, with a note of what had to be done. Pure."""

import html
import re
import unicodedata

import ftfy
import nh3

from app.directory.findings import Fault, Notebook

LONGEST_TEXT = 8_000
LONGEST_LINE = 300
_MOST_PASSES = 8

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_PLAIN = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\U0010ffff<&\[]*")
"""ASCII in which nothing can be wrong: most texts, told apart in one look."""
_TAG = re.compile(r"<[a-zA-Z/!?]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_LINK = re.compile(r'<a href="(?P<address>[^"]*)">(?P<label>.*?)</a>', re.DOTALL)
_MARKDOWN_LINK = re.compile(r"\[(?P<label>[^\[\]\n]{1,300})\]\((?P<address>https?://[^\s()]{1,500})\)")
_BLOCK_END = re.compile(r"<br>|</(?:p|div|li|ul|ol|h[1-6]|tr)>")
_ANY_TAG = re.compile(r"<[^>]*>")
_KEPT_TAGS = {"a", "p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_DROPPED_WITH_CONTENT = {"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "title", "textarea"}


def paragraphs(value: object, where: str, notes: Notebook, longest: int = LONGEST_TEXT) -> str:
    """Text that may have several lines: no markup, no control characters, at most one empty line running."""
    if value is None:
        return ""
    text = _readable(_as_text(value, where, notes), where, notes)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return _shortened(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), where, notes, longest)


def line(value: object, where: str, notes: Notebook, longest: int = LONGEST_LINE) -> str:
    """Text on one line."""
    if value is None:
        return ""
    text = _readable(_as_text(value, where, notes), where, notes)
    return _shortened(" ".join(text.split()), where, notes, longest)


def _as_text(value: object, where: str, notes: Notebook) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    notes.note(Fault.WRONG_TYPE, where, value)
    return ""


def _readable(text: str, where: str, notes: Notebook) -> str:
    """Cleaned until cleaning changes nothing, so that our own output is read as it was written."""
    if _PLAIN.fullmatch(text):
        return text
    for _ in range(_MOST_PASSES):
        cleaned = _once(text, where, notes)
        if cleaned == text:
            break
        text = cleaned
    return text


def _once(text: str, where: str, notes: Notebook) -> str:
    if not text.isascii():
        mended = ftfy.fix_encoding(text)
        if mended != text:
            notes.note(Fault.WRONGLY_DECODED, where, text)
            text = mended
        text = unicodedata.normalize("NFC", text)
    if _CONTROL.search(text):
        notes.note(Fault.CONTROL_CHARACTERS, where, _CONTROL.sub("?", text))
        text = _CONTROL.sub("", text)
    if _TAG.search(text) or _ENTITY.search(text):
        notes.note(Fault.MARKUP, where, text)
        text = _without_markup(text)
    return _MARKDOWN_LINK.sub(lambda match: _in_words(match["label"], match["address"]), text)


def _without_markup(text: str) -> str:
    """Until nothing that looks like markup is left: what was escaped twice is cleaned twice."""
    for _ in range(4):
        if not (_TAG.search(text) or _ENTITY.search(text)):
            return text
        if _TAG.search(text):
            text = nh3.clean(text, tags=_KEPT_TAGS, clean_content_tags=_DROPPED_WITH_CONTENT, attributes={"a": {"href"}}, link_rel=None)
            text = _LINK.sub(lambda match: _in_words(match["label"], match["address"]), text)
            text = _ANY_TAG.sub("", _BLOCK_END.sub("\n", text))
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        text = _CONTROL.sub("", text)
    return _TAG.sub("", text)


def _in_words(label: str, address: str) -> str:
    shown = label.strip().rstrip("/")
    return address if "." in shown and address.rstrip("/").endswith(shown) else f"{label} ({address})"


def _shortened(text: str, where: str, notes: Notebook, longest: int) -> str:
    if len(text) <= longest:
        return text
    notes.note(Fault.TOO_LONG, where, text)
    return text[: longest - 1].rsplit(" ", 1)[0] + "…"
