"""How people sign in: Flask-Security with our own pages, words, sessions and post."""

import base64
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, abort, current_app, g, got_request_exception, render_template, request, session, url_for
from flask_login import user_logged_in
from flask_security import (
    MailUtil,
    PasswordUtil,
    RoleMixin,
    Security,
    SQLAlchemyUserDatastore,
    WebauthnUtil,
    forms,
    password_changed,
    password_reset,
)
from flask_security.proxies import _security
from flask_security.recoverable import reset_password_token_status
from markupsafe import Markup
from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement, UserVerificationRequirement
from wtforms import Form
from wtforms.fields.choices import SelectChoice

from app.accounts.access import Audience, open_to
from app.accounts.emails import in_one_way
from app.accounts.ending import end_sessions
from app.accounts.factors import KeptAsHashes, Once
from app.accounts.models import Passkey, Person
from app.accounts.passwords import LONGEST, problem_of
from app.content.kinds import load_at_start
from app.content.messages import load, say
from app.content.problems import ContentError
from app.extensions import db
from app.jobs import actions as jobs
from app.ui.addresses import local

LINK_LASTS = timedelta(minutes=60)

_PAGES = {
    "LOGIN_USER": "sign_in", "FORGOT_PASSWORD": "forgotten", "RESET_PASSWORD": "new_password", "CHANGE_PASSWORD": "change_password",
    "VERIFY": "verify", "TWO_FACTOR_SETUP": "authenticator", "TWO_FACTOR_VERIFY_CODE": "second_factor",
    "TWO_FACTOR_SELECT": "which_factor", "MULTI_FACTOR_RECOVERY": "recovery", "MULTI_FACTOR_RECOVERY_CODES": "recovery_codes",
    "WAN_REGISTER": "passkeys", "WAN_SIGNIN": "passkey", "WAN_VERIFY": "passkey_again",
}  # fmt: skip
_ADDRESSES = {
    "LOGIN": "/sign-in", "LOGOUT": "/sign-out", "RESET": "/password/forgotten", "CHANGE": "/account/password", "VERIFY": "/sign-in/again",
    "TWO_FACTOR_SETUP": "/account/authenticator", "TWO_FACTOR_TOKEN_VALIDATION": "/sign-in/code", "TWO_FACTOR_RESCUE": "/sign-in/rescue",
    "TWO_FACTOR_SELECT": "/sign-in/which", "MULTI_FACTOR_RECOVERY_CODES": "/account/recovery-codes",
    "MULTI_FACTOR_RECOVERY": "/sign-in/recovery", "WAN_REGISTER": "/account/passkeys", "WAN_SIGNIN": "/sign-in/passkey",
    "WAN_DELETE": "/account/passkeys/delete", "WAN_VERIFY": "/sign-in/again/passkey",
}  # fmt: skip
SECURITY = "security."
VISITORS = frozenset(
    {"login", "logout", "forgot_password", "reset_password", "two_factor_token_validation", "two_factor_rescue", "tf_select"}
    | {"mf_recovery", "wan_signin", "wan_signin_response", "two_factor_setup"}
)
"""Endpoints of Flask-Security that somebody meets before being signed in. All others are for people who are."""


class Words(PasswordUtil):
    """Passwords: long enough and not soon guessed. No rule on what they are made of."""

    def normalize(self, password: str) -> str:
        """In one form of Unicode. Of what is longer than any password so much is kept that it is seen to be too long."""
        return str(super().normalize(password))[: LONGEST + 1]

    def validate(self, password: str, is_register: bool, **known: Any) -> tuple[list[str] | None, str]:
        typed = self.normalize(password)
        person: Person = known["user"]
        problem = problem_of(typed, (person.email, person.name))
        return ([say(f"accounts.password_{problem}")] if problem else None), typed


class LoginForm(forms.LoginForm):
    """Signing in by password."""

    def validate(self, **kwargs: Any) -> bool:
        """Cut first: hashing stops with an error at some thousands of characters, also where nobody has the address."""
        self.password.data = _security.password_util.normalize(self.password.data or "")
        return bool(super().validate(**kwargs))


class Post(MailUtil):
    """What Flask-Security sends goes into the outbox, in the transaction of what it is about."""

    def normalize(self, email: str) -> str:
        """The address as we keep it. Raises ValueError where it is none."""
        if known := in_one_way(email):
            return known
        raise ValueError("email")

    def send_mail(  # noqa: PLR0913
        self, template: str, subject: str, recipient: Any, sender: Any, body: str | None, html: str | None, **kwargs: Any
    ) -> None:
        jobs.send(to=str(recipient), subject=str(subject), body=body or "")


class AnyPasskey(WebauthnUtil):
    """Passkeys in the machine itself (Windows Hello, Touch ID) as well as on a key or a phone."""

    def authenticator_selection(self, _user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        first = usage == "first"
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED if first else ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.REQUIRED if first else UserVerificationRequirement.DISCOURAGED,
        )

    def user_verification(self, _user: Any, usage: list[str]) -> UserVerificationRequirement:
        return UserVerificationRequirement.DISCOURAGED if "secondary" in usage else UserVerificationRequirement.REQUIRED

    def origin(self) -> str:
        address: str = current_app.config["PUBLIC_URL"]
        return address


def init_app(app: Flask) -> None:
    """Put Flask-Security in place: its views under our addresses, with our templates and our words."""
    app.config.update(_settings())
    with suppress(ContentError):  # Read again at the start, which says what is wrong, or takes what was good last time.
        _put_words(app)
    load_at_start(app, _put_words)
    store = SQLAlchemyUserDatastore(db, Person, RoleMixin, Passkey)
    security = Security(
        mail_util_cls=Post,
        password_util_cls=Words,
        webauthn_util_cls=AnyPasskey,
        totp_cls=Once,
        mf_recovery_codes_util_cls=KeptAsHashes,
        login_form=LoginForm,
    )
    security.init_app(app, store, render_template=_page)
    security.want_json(lambda _request: False)
    app.login_manager.request_loader(None)  # type: ignore[attr-defined]  # Its tokens could not be ended.
    got_request_exception.connect(_give_up_transaction, app)
    user_logged_in.connect(_forget_to_remember, app)
    password_changed.connect(_end_all_sessions, app)
    password_reset.connect(_end_all_sessions, app)
    app.jinja_env.filters["inline_svg"] = inline_svg
    app.view_functions[f"{SECURITY}two_factor_rescue"] = _no_rescue
    app.view_functions[f"{SECURITY}reset_password"] = _only_while_it_works(app.view_functions[f"{SECURITY}reset_password"])
    for endpoint, view in list(app.view_functions.items()):
        if endpoint.startswith(SECURITY):
            name = endpoint.removeprefix(SECURITY)
            app.view_functions[endpoint] = open_to(Audience.VISITOR if name in VISITORS else Audience.PERSON)(view)


def refuse_json() -> None:
    """Before each request: Flask-Security would read JSON too, in which the limits do not look for whose password is guessed."""
    if (request.endpoint or "").startswith(SECURITY) and request.is_json:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def begin_one_transaction() -> None:
    """Before each request that sends something to Flask-Security: it reads, and later commits, so it has to write from the start.

    Not where a password is checked: that takes long, and nobody waits for it to write. What is noted then is written by itself.
    """
    if request.method == "POST" and (request.endpoint or "").startswith(SECURITY) and request.endpoint != f"{SECURITY}login":
        g.one_transaction = ExitStack()
        g.one_transaction.enter_context(db.writing())


def end_one_transaction(response: Response) -> Response:
    """After it: what was written stays, also where somebody was refused, so that the refusal is on record; after a fault nothing stays."""
    stack: ExitStack | None = g.pop("one_transaction", None)
    if stack is not None:
        stack.close()
    return response


def _give_up_transaction(_app: Flask, **_about: Any) -> None:
    """After a fault in such a request, before the page that reports it is made: that page reads the database, too."""
    if "one_transaction" in g:
        db.session.rollback()


def _no_rescue() -> Response:
    """Flask-Security would write to an administrator for somebody who has lost their app. We have recovery codes."""
    abort(404)


def _put_words(app: Flask) -> None:
    """Our sentences in place of Flask-Security's: those that a page says, and the subjects of its letters."""
    for key, text in load(app.config["CONTENT_DIR"] / "messages").items():
        part, _, name = key.partition(".")
        if part == "security":
            app.config[f"SECURITY_MSG_{name.upper()}"] = (text, "info")
        elif part == "post":
            app.config[f"SECURITY_EMAIL_SUBJECT_{name.upper()}"] = text


def _forget_to_remember(_app: Flask, **_about: Any) -> None:
    """Flask-Login would give a cookie to whoever asks for one, which signs in again without a session that could be ended."""
    session.pop("_remember", None)


def _end_all_sessions(_app: Flask, user: Person, **_about: Any) -> None:
    """Whoever knew the old password is signed out. The session in which it was changed gets a new row when it is saved."""
    end_sessions(person=user.id)


def _only_while_it_works(view: Callable[..., Any]) -> Callable[..., Any]:
    """A link for a new password that was used, is too old or was never sent says so on a page of its own."""

    @wraps(view)
    def page(token: str) -> Any:
        expired, invalid, person = reset_password_token_status(token)  # type: ignore[no-untyped-call]
        if expired or invalid or person is None:
            return render_template("accounts/reset_gone.html"), HTTPStatus.GONE
        return view(token)

    return page


def _settings() -> dict[str, Any]:
    return {
        "WTF_CSRF_ENABLED": False,  # Where a form was sent from is checked before every request: access.refuse_cross_site.
        **{f"SECURITY_{name}_TEMPLATE": f"accounts/{page}.html" for name, page in _PAGES.items()},
        **{f"SECURITY_{name}_URL": address for name, address in _ADDRESSES.items()},
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_NORMALIZE_FORM": "NFKC",
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_EMAIL_SENDER": "",
        "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET": "accounts/post/reset",
        "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "accounts/post/reset_done",
        "SECURITY_EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "accounts/post/changed",
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_RESET_PASSWORD_WITHIN": LINK_LASTS,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TOTP_SECRETS": {"1": "not used: Once locks them itself"},
        "SECURITY_TOTP_ISSUER": "Fingerpost",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_WEBAUTHN": True,
        "SECURITY_WAN_RP_NAME": "Fingerpost",
        "SECURITY_WAN_NAME_ALLOWED_CHARS": ["L", "Pd", "Zs"],
        "SECURITY_WAN_ALLOW_USER_HINTS": False,
        "SECURITY_FRESHNESS": timedelta(minutes=15),
        "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(0),
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_POST_LOGIN_VIEW": "/account",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_CHANGE_VIEW": "/account",
        "SECURITY_POST_RESET_VIEW": "/sign-in",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account",
        "SECURITY_WAN_POST_REGISTER_VIEW": "/account",
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    }


def inline_svg(address: str) -> Markup:
    """The drawing in a data: address, as a part of the page: our policy lets no image come from such an address. In a page the
    names of a drawing stand without a prefix."""
    drawing = base64.b64decode(address.partition(",")[2]).decode().replace("svg:", "").replace("xmlns:svg", "xmlns")
    return Markup(drawing[drawing.index("<svg") :])  # nosec B704 # noqa: S704 - drawn by our own library from our own key


def _field_words() -> dict[str, str]:
    """The words of Flask-Security's fields, by form and field: "loginform_email"."""
    words = load(current_app.config["CONTENT_DIR"] / "messages")
    return {key.removeprefix("field."): text for key, text in words.items() if key.startswith("field.")}


def _in_our_words(form: Form, words: dict[str, str]) -> None:
    for field in form:
        key = f"{type(form).__name__.lower()}_{field.short_name}"
        field.id = key  # Two forms of a page may have a field of the same name.
        if key in words:
            field.label.text, field.description = words[key], words.get(f"{key}_hint", "")
        if choices := getattr(field, "choices", None):
            field.choices = [SelectChoice(value, words.get(f"{key}_{value}", label)) for value, label, *_ in choices]


def _page(template: str, **values: Any) -> str:
    words = _field_words()
    for form in values.values():
        if isinstance(form, Form):
            _in_our_words(form, words)
    asked = request.values.get("next", "")
    return render_template(template, next=asked if local(asked) == asked else "", home=url_for("pages.home"), **values)
