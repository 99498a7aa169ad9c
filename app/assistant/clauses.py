"""Whether a message asks something, though no sentence of it opens like a question. Pure."""

import re

from app.vocabulary.tokens import plain

_LEAD = r"(?:(?:and|but|so|or|also|please|just|then|well|ok|okay|hi|hello|sorry|question|query|q|re) )*"
_SENTENCE = rf"(?:^|[.:;!?\n(-] *){_LEAD}"
_CLAUSE = rf"(?:^|[.,:;!?\n(-] *|\b(?:and|but|so|or) ){_LEAD}"
_HELPING = r"(?:can|could|will|would|should|shall|do|does|did|is|are|am|must|may|have|has)"
_NOT = r"(?:cant|dont|doesnt|isnt|arent|wont|couldnt|wouldnt|shouldnt)"
_ONE = r"(?:i|we|you|he|she|they|it|there|that|this|these|those|anyone|anybody|someone|somebody|anything|mum|dad|nan|my|his|her|our|their)"

_PAYS = r"(?:to|pays|pay|decides|wins|foots|funds|covers|arranges|has to|one|ones|do|should|would|can|could|will)"
_SEEKING = r"(?:someone|somebody|anyone|anybody|anything|difference|cost|costs|wait|criteria|number|best way)"
_UNSURE = r"(?:wonder|wondering|ask|asks|asking|asked|want to know|need to know|not sure|no idea|unsure|confused|told us|tell me)"
_SHORT = r"(?:options|rights|rules|criteria|process|eligibility|thoughts|advice|route|pathway|limits?|threshold|or not|true or false)"

_ASKING = (
    r"\?(?![a-z])",
    rf"{_SENTENCE}(?:who|whose|which|where|when) [a-z]",
    rf"{_SENTENCE}{_HELPING} (?!not\b)[a-z]",
    rf"{_CLAUSE}(?:how|hows|what|whats|whatll|why|whos|whod|wholl|wheres|whens|explain)\b",
    r"\b(?:is|are|do|does|can|will|would) (?:i|we|you|he|she|they|it)$",
    rf"{_CLAUSE}(?:who|whose|which|where|when) {_PAYS}\b",
    rf"{_CLAUSE}(?:{_HELPING}|{_NOT}) {_ONE}\b",
    r"\b(?:can|could|will|would|should|shall|must|does|do) (?:i|we|you|he|she|they|it)\b",
    r"\b(?:can|could|will|would|should|shall|must) (?:the|my|our)\b",
    r"\bhow (?:much|many|long|soon|quick|quickly|often|do|can|hard|far|to)\b",
    rf"\b{_UNSURE} (?:about|if|whether|what|whats|who|how|when|where|which)\b",
    rf"{_SENTENCE}{_SEEKING} (?:between|of|to|who|for|per|that)\b",
    rf"\b{_SHORT}$",
)
"""A question mark, but not that of "?placement"; a sentence or clause that opens as a question does, where after a comma "who", "which"
and "when" mostly go on telling of somebody ("her son, who does the bins"); and what asks wherever it stands."""

_ASKS = re.compile("|".join(f"(?:{asking})" for asking in _ASKING))


def asks(text: str) -> bool:
    """True where some clause of the message asks."""
    return _ASKS.search(plain(text).replace("'", "").strip(" .!")) is not None


_NOTED = re.compile(r"\b\d{2,3} ?(?:m|f|yo|yr|yrs)\b")


def is_note(text: str) -> bool:
    """True for a case as a clinician notes it ("79M, wife not coping"), which tells of somebody and asks nothing in plain words."""
    return _NOTED.search(plain(text)) is not None
