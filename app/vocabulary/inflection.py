"""English endings by rule, so that a class lists each word once."""

_DOUBLED = {"b", "d", "g", "m", "n", "p", "t"}
_VOWELS = "aeiou"
_IRREGULAR = {
    "fall": ("falls", "fell", "fallen", "falling"),
    "eat": ("eats", "ate", "eaten", "eating"),
    "drink": ("drinks", "drank", "drunk", "drinking"),
    "go": ("goes", "went", "gone", "going"),
    "leave": ("leaves", "left", "leaving"),
    "forget": ("forgets", "forgot", "forgotten", "forgetting"),
    "get": ("gets", "got", "getting"),
    "hit": ("hits", "hitting"),
    "hurt": ("hurts", "hurting"),
    "lose": ("loses", "lost", "losing"),
    "sleep": ("sleeps", "slept", "sleeping"),
    "wake": ("wakes", "woke", "woken", "waking"),
    "take": ("takes", "took", "taken", "taking"),
    "make": ("makes", "made", "making"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "think": ("thinks", "thought", "thinking"),
    "feel": ("feels", "felt", "feeling"),
    "find": ("finds", "found", "finding"),
    "bring": ("brings", "brought", "bringing"),
    "give": ("gives", "gave", "given", "giving"),
    "keep": ("keeps", "kept", "keeping"),
    "come": ("comes", "came", "coming"),
    "say": ("says", "said", "saying"),
    "steal": ("steals", "stole", "stolen", "stealing"),
    "die": ("dies", "died", "dying"),
    "set": ("sets", "setting"),
    "shut": ("shuts", "shutting"),
    "put": ("puts", "putting"),
    "drive": ("drives", "drove", "driven", "driving"),
    "see": ("sees", "saw", "seen", "seeing"),
    "do": ("does", "did", "done", "doing"),
    "have": ("has", "had", "having"),
    "be": ("is", "are", "was", "were", "been", "being"),
    "run": ("runs", "ran", "running"),
    "feed": ("feeds", "fed", "feeding"),
    "read": ("reads", "reading"),
    "buy": ("buys", "bought", "buying"),
    "stand": ("stands", "stood", "standing"),
    "sit": ("sits", "sat", "sitting"),
    "beat": ("beats", "beaten", "beating"),
    "become": ("becomes", "became", "becoming"),
    "begin": ("begins", "began", "begun", "beginning"),
    "bite": ("bites", "bit", "bitten", "biting"),
    "blow": ("blows", "blew", "blown", "blowing"),
    "burn": ("burns", "burnt", "burned", "burning"),
    "catch": ("catches", "caught", "catching"),
    "choose": ("chooses", "chose", "chosen", "choosing"),
    "cut": ("cuts", "cutting"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "fight": ("fights", "fought", "fighting"),
    "grow": ("grows", "grew", "grown", "growing"),
    "hang": ("hangs", "hung", "hanged", "hanging"),
    "hear": ("hears", "heard", "hearing"),
    "hide": ("hides", "hid", "hidden", "hiding"),
    "hold": ("holds", "held", "holding"),
    "know": ("knows", "knew", "known", "knowing"),
    "learn": ("learns", "learnt", "learned", "learning"),
    "let": ("lets", "letting"),
    "lie": ("lies", "lay", "lain", "lying"),
    "meet": ("meets", "met", "meeting"),
    "mislay": ("mislays", "mislaid", "mislaying"),
    "pay": ("pays", "paid", "paying"),
    "ride": ("rides", "rode", "ridden", "riding"),
    "ring": ("rings", "rang", "rung", "ringing"),
    "rise": ("rises", "rose", "risen", "rising"),
    "sell": ("sells", "sold", "selling"),
    "send": ("sends", "sent", "sending"),
    "shake": ("shakes", "shook", "shaken", "shaking"),
    "slide": ("slides", "slid", "sliding"),
    "smell": ("smells", "smelt", "smelled", "smelling"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "spend": ("spends", "spent", "spending"),
    "spill": ("spills", "spilt", "spilled", "spilling"),
    "stick": ("sticks", "stuck", "sticking"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "tear": ("tears", "tore", "torn", "tearing"),
    "tell": ("tells", "told", "telling"),
    "throw": ("throws", "threw", "thrown", "throwing"),
    "understand": ("understands", "understood", "understanding"),
    "wear": ("wears", "wore", "worn", "wearing"),
    "win": ("wins", "won", "winning"),
    "write": ("writes", "wrote", "written", "writing"),
}


def verb_forms(verb: str) -> tuple[str, ...]:
    """The verb with its endings; of a phrase ("get up") the first word is inflected."""
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb])
    first, space, rest = verb.partition(" ")
    tail = space + rest
    if first in _IRREGULAR:
        return (verb, *(form + tail for form in _IRREGULAR[first]))
    return (verb, *(form + tail for form in _regular(first)))


def _regular(verb: str) -> tuple[str, str, str]:
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    short = len(verb) <= 4 and len(verb) > 2 and verb[-1] in _DOUBLED and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    stem = verb + verb[-1] if short else verb
    return third, stem + "ed", stem + "ing"


def noun_forms(noun: str) -> tuple[str, ...]:
    """The noun and its plural."""
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun, noun[:-1] + "ies"
    return noun, noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")
