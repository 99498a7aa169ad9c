"""Who each address of the program is for, and the people and records that this is tried with."""

from app.accounts.roles import Role
from tests.tenants import ONE, PRACTICE, SECOND_PRACTICE, TWO, service_of

VISITOR, PERSON = "visitor", "person"
ITS_LEADS = frozenset({Role.COUNCIL_ADMIN, Role.PRACTICE_LEAD})
ITS_ADMINS = frozenset({Role.COUNCIL_ADMIN})
ITS_EDITORS = frozenset({Role.DIRECTORY_EDITOR, Role.COUNCIL_ADMIN})
ITS_SHEETS = frozenset({Role.SOCIAL_WORKER, Role.COUNCIL_ADMIN})
ITS_READERS = frozenset({Role.SOCIAL_WORKER, Role.COUNCIL_ADMIN, Role.COUNCIL_ANALYST})
ITS_OWN_LEADS = frozenset({Role.PRACTICE_LEAD})
ITS_TEAM = frozenset({Role.SOCIAL_WORKER, Role.PROVIDER})
OF_ONE_PLACE = (ITS_SHEETS, ITS_READERS, ITS_OWN_LEADS, ITS_TEAM)
"""Audiences of pages of one council, or of one practice, that have nothing but its code in their address."""
FOR: dict[str, frozenset[str]] = {
    **dict.fromkeys(("accounts", "assistant", "directory", "insights", "joining", "links", "pages", "search"), {VISITOR}),
    **dict.fromkeys(("freshness", "kits", "oruk", "shortlist", "template", "training"), {VISITOR}),
    **dict.fromkeys(("account", "followups", "review", "security"), {PERSON}),
    "followups.off": {VISITOR},
    **dict.fromkeys(("signposting", "surveys", "together", "agreed", "contacts"), {VISITOR}),
    **dict.fromkeys(("contacts.team", "contacts.desk"), ITS_SHEETS),
    **dict.fromkeys(("contacts.setting", "contacts.approve"), ITS_ADMINS),
    "contacts.practice": ITS_OWN_LEADS,
    "agreed.sign": ITS_ADMINS,
    "agreed.sign_for_practice": ITS_OWN_LEADS,
    "agreed.plan": ITS_READERS,
    **dict.fromkeys(("agreed.add", "agreed.end"), ITS_SHEETS),
    **dict.fromkeys(("surveys.rounds", "surveys.links"), ITS_ADMINS),
    "surveys.enter": ITS_SHEETS,
    "signposts": ITS_TEAM,
    **dict.fromkeys(("signposts.yours", "signposts.digest", "joint", "together.lead", "together.board", "together.turn"), {PERSON}),
    "signposts.off": {VISITOR},
    "members": ITS_LEADS,
    **dict.fromkeys(("training.yours", "training.take_over", "records.log", "records.log_sheet", "records.log_document"), {PERSON}),
    "records": {VISITOR},
    **dict.fromkeys(("bulk", "checks", "desk", "imports", "merging", "sheets", "waiting"), ITS_EDITORS),
    **dict.fromkeys(("terms.overview", "terms.sheet"), ITS_EDITORS),
    **dict.fromkeys(("setting_up", "trail", "feeds", "terms.say_of"), ITS_ADMINS),
    **dict.fromkeys(("measures", "platform", "trail.of_all"), frozenset({Role.PLATFORM_ADMIN})),
    **dict.fromkeys((f"outside.{name}" for name in ("begin", "back", "first", "join", "ended")), {VISITOR}),
    **dict.fromkeys(("outside.connect", "outside.disconnect"), {PERSON}),
    **dict.fromkeys(
        (f"security.{name}" for name in ("login", "logout", "forgot_password", "reset_password", "two_factor_token_validation", "tf_select",
                                         "two_factor_rescue", "mf_recovery", "wan_signin", "wan_signin_response", "two_factor_setup")),
        {VISITOR},
    ),
}  # fmt: skip
"""Who each endpoint is for: by its name, or else by its feature. `members` are pages of one practice or council, by its code."""

COUNCIL_OF = {ONE: ONE, TWO: TWO, PRACTICE[ONE]: ONE, PRACTICE[TWO]: TWO, SECOND_PRACTICE: ONE}
UNKNOWN = "Z00000"
HELD: dict[str, list[tuple[Role, str, str | None]]] = {
    "learner": [(Role.LEARNER, ONE, PRACTICE[ONE])],
    "lead": [(Role.PRACTICE_LEAD, ONE, PRACTICE[ONE]), (Role.LEARNER, TWO, PRACTICE[TWO])],
    "lead2": [(Role.PRACTICE_LEAD, TWO, PRACTICE[TWO])],
    **{f"{role}{number}": [(role, council, None)]
       for number, council in ((1, ONE), (2, TWO))
       for role in (Role.SOCIAL_WORKER, Role.DIRECTORY_EDITOR, Role.COUNCIL_ANALYST, Role.COUNCIL_ADMIN)},
    "provider": [(Role.PROVIDER, ONE, None)],
    "platform": [(Role.PLATFORM_ADMIN, "", None)],
    "former": [(Role.COUNCIL_ADMIN, ONE, None), (Role.PRACTICE_LEAD, ONE, PRACTICE[ONE]), (Role.PLATFORM_ADMIN, "", None)],
}  # fmt: skip
"""What each of the people tried is. The roles of "former" have all ended."""
PEOPLE = [VISITOR, *HELD]
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}

KNOWN: dict[str, str] = {
    "pages.slug": "privacy", "directory.service_id": "",
    "insights.code": ONE, "assistant.identity": "admiral_nurse", "training.slug": "", "training.page": "1",
    "measures.slug": "before-the-care-home",
    "training.token": "",
    "records.token": "", "kits.slug": "meeting-together", "kits.id": "taster", "kits.name": "invitation",
    "joining.token": "token", "links.token": "token", "outside.name": "entra",
    "oruk.service_id": "", "oruk.identity": "", "freshness.service_id": service_of(ONE, 1), "freshness.token": "token",
    "followups.token": "", "followups.part": "weeks", "review.turn": "first", "review.slug": "before-the-care-home",
    "agreed.code": ONE, "contacts.code": ONE, "surveys.code": ONE, "surveys.name": "pulse",
    "surveys.token": "token", "together.token": "token",
    "together.session_id": "joint-learner", "joint.slug": "meeting-together", "joint.id": "taster", "signposts.token": "token",
    "review.identity": "after-pneumonia",
}  # fmt: skip
"""An open record for each id parameter of a page that anybody may read; whoever has a token may use it."""
OF_WHOM_NOTHING_IS = {
    "joint.begin", "together.lead", "together.board", "together.turn", "outside.disconnect", "followups.begin",
    "review.next_question", "review.question", "training.take_over",
}  # fmt: skip
"""Pages of one's own of which there is none for an id that nobody has."""
OF_THE_LEARNER = {
    "together.lead", "together.board", "together.turn", "followups.begin", "review.question",
}  # fmt: skip
"""Pages of which the open record is the learner's own: to everybody else it does not exist."""
SIGNED = "security.token"
"""Flask-Security signs these for the session that asked; there are none of somebody else's."""
OWNED = {
    *(f"{feature}.{name}" for feature in ("checks", "desk") for name in ("code", "service_id", "id")),
    *(f"merging.{name}" for name in ("code", "kept", "other")),
    "bulk.code",
    "waiting.code",
    "signposts.code",
    *(f"agreed.{name}.code" for name in ("sign", "sign_for_practice", "plan", "add", "end")),
    *(f"contacts.{name}.code" for name in ("team", "desk", "setting", "approve", "practice")),
    *(f"surveys.{name}.code" for name in ("rounds", "links", "enter")),
    "sheets.code",
    *(f"imports.{name}" for name in ("code", "publication_id")),
    *(f"{feature}.{name}" for feature in ("feeds", "terms") for name in ("code", "id")),
    "setting_up.code",
    "setting_up.identity",
    "trail.code",
    "platform.council",
    "members.code",
    "members.end.id",
    "members.sign_out.id",
    "members.withdraw.id",
    "account.end_one.id",
    "account.leave_role.id",
}
"""Ids of somebody's records; `records` makes one's own and others'."""
NOT_FOR_COUNCILS = "members.make_code"
