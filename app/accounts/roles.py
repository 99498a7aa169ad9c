"""The roles, whose they are, and what each is called. Pure."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is, in one practice, in one council, or for the whole installation."""

    LEARNER = "learner"
    """Any health or care professional: modules, a record of learning, the practice's own signposts."""
    PRACTICE_LEAD = "practice_lead"
    """Invites a practice's people and gives out its code."""
    SOCIAL_WORKER = "social_worker"
    """Closes the loop on signposts, is named to practices."""
    PROVIDER = "provider"
    """Of a service that the council's people are sent to: says what came of the signposts whose codes it holds."""
    DIRECTORY_EDITOR = "directory_editor"
    """Keeps the council's entries."""
    COUNCIL_ANALYST = "council_analyst"
    """Reads and exports the council's figures."""
    COUNCIL_ADMIN = "council_admin"
    """Sets up the council, invites its people and its practices' leads, reads its audit trail."""
    PLATFORM_ADMIN = "platform_admin"
    """Makes councils and invites their first administrators."""


OF_A_PRACTICE = frozenset({Role.LEARNER, Role.PRACTICE_LEAD})
OF_A_COUNCIL = frozenset({Role.LEARNER, Role.SOCIAL_WORKER, Role.PROVIDER, Role.DIRECTORY_EDITOR, Role.COUNCIL_ANALYST, Role.COUNCIL_ADMIN})
GUARDED = frozenset(Role) - {Role.LEARNER}
"""Roles that see or change more than their own record: their sessions are short."""

ADMINISTERING = frozenset({Role.COUNCIL_ADMIN, Role.PLATFORM_ADMIN})
"""Roles of which a council, or the installation, needs one."""

INVITED_BY: dict[Role, frozenset[Role]] = {
    Role.LEARNER: frozenset({Role.PRACTICE_LEAD, Role.COUNCIL_ADMIN}),
    Role.PRACTICE_LEAD: frozenset({Role.PRACTICE_LEAD, Role.COUNCIL_ADMIN}),
    Role.SOCIAL_WORKER: frozenset({Role.COUNCIL_ADMIN}),
    Role.PROVIDER: frozenset({Role.COUNCIL_ADMIN}),
    Role.DIRECTORY_EDITOR: frozenset({Role.COUNCIL_ADMIN}),
    Role.COUNCIL_ANALYST: frozenset({Role.COUNCIL_ADMIN}),
    Role.COUNCIL_ADMIN: frozenset({Role.COUNCIL_ADMIN, Role.PLATFORM_ADMIN}),
    Role.PLATFORM_ADMIN: frozenset(),
}
"""Who may give each role. A platform administrator is made on the server's command line only."""
