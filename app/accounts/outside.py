"""Signing in with another organisation's own sign-in service: a council's Microsoft Entra ID, the NHS's Care Identity (CIS2)."""

import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial, wraps
from typing import Any

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import auth_required, current_user, login_user
from flask_security.proxies import _security

from app.accounts import actions
from app.accounts.access import Audience, open_to
from app.accounts.ending import end_sessions
from app.accounts.forms import newcomer_form
from app.accounts.openid import Client, Trouble
from app.accounts.providers import Identity, read
from app.accounts.queries import connected, known_organisations, person_by_identity, public_url
from app.content.messages import say
from app.ui.addresses import local

blueprint = Blueprint("outside", __name__, url_prefix="/sign-in/with/<name>")
_CLIENTS = "sign-in services"
_NEW = "outside_new"
"""In the session: an identity that signs in nobody yet, and the page that was wanted."""
_BY = "outside"
"""In the session: by which service somebody signed in, and its ID token, which signing out there asks for."""
STATUS = {"cancelled": 200, "unavailable": 503}
REFUSED = 403


def init_app(app: Flask) -> None:
    """Read which services there are, and let signing out say how to sign out there too. Raises ProvidersError."""
    folder = app.config["DATA_DIR"]
    app.extensions[_CLIENTS] = {provider.name: Client(provider, folder) for provider in read(folder)}
    app.context_processor(lambda: {"providers": [client.provider for client in app.extensions[_CLIENTS].values()], "connected": connected})
    app.view_functions["security.logout"] = _leaving(app.view_functions["security.logout"])


def newcomer(email: str) -> Identity | None:
    """The identity that this browser has just shown and that signs in nobody yet, where it may be whoever has this address."""
    kept = session.get(_NEW)
    identity = Identity(**kept["identity"]) if kept else None
    return identity if identity and identity.fits(email) else None


def forget_newcomer() -> str:
    """The identity now signs in somebody, or is not to. The page that was wanted."""
    page: str = session.pop(_NEW, {}).get("next_page", "/account")
    return page


def enter(person: Any, identity: Identity) -> None:
    """Sign in. How fresh that is, is for the service to say: it may have let somebody pass who gave their password yesterday."""
    login_user(person, authn_via=["outside"])
    session["fs_paa"] = min(identity.signed_in_at, time.time())


@blueprint.get("")
@open_to(Audience.VISITOR)
def begin(name: str) -> ResponseReturnValue:
    """Send the browser to the service."""
    next_page = local(request.args.get("next") or "/account")
    return redirect(_client(name).begin(public_url("outside.back", name=name), next_page), 303)


@blueprint.get("/back")
@open_to(Audience.VISITOR)
def back(name: str) -> ResponseReturnValue:
    """The browser comes back: sign in whoever it is, or ask somebody new who they are here."""
    client = _client(name)
    next_page = client.next_page()
    identity, id_token = client.arrived()
    if client.provider.email_domains and not identity.email:
        raise Trouble("address")
    session[_BY] = {"name": name, "id_token": id_token}
    person = person_by_identity(identity.issuer, identity.subject)
    if person is None:
        session[_NEW] = {"identity": asdict(identity), "next_page": next_page}
        welcome = next_page.startswith(url_for("joining.welcome", token=""))
        return redirect(next_page if welcome else url_for("outside.first", name=name), 303)
    if not person.active:
        raise Trouble("closed")
    second = None if identity.second_factor else _security.two_factor_plugins.tf_enter(person, None, "outside", next_loc=next_page)
    if second:
        return second
    enter(person, identity)
    return redirect(next_page, 303)


@blueprint.get("/first")
@open_to(Audience.VISITOR)
def first(name: str) -> ResponseReturnValue:
    """Somebody whom the service knows and we do not: have they an account here, or do they join?"""
    if current_user.is_authenticated:
        return redirect(url_for("outside.connect", name=name), 303)
    return _first(name, _newcomer_of(name))


@blueprint.post("/join")
@open_to(Audience.VISITOR)
def join(name: str) -> ResponseReturnValue:
    """Join as a learner of an organisation that the service says somebody belongs to, by a link sent to their address."""
    identity = _newcomer_of(name)
    organisations = _may_join(name, identity)
    if not organisations:
        abort(404)
    form = newcomer_form(organisations, identity.email)
    if form.validate() and not identity.fits(form.email.data):
        form.email.errors = [say("accounts.newcomer_other_address", email=identity.email)]
    if form.errors:
        return _first(name, identity, form), 422
    actions.ask_to_join_from_outside(
        organisation=form.organisation.data, email=form.email.data, address=partial(public_url, "joining.welcome")
    )
    return _first(name, identity, form, sent=True)


@blueprint.route("/connect", methods=["GET", "POST"])
@open_to(Audience.PERSON)
@auth_required("session", within=lambda: current_app.config["SECURITY_FRESHNESS"])
def connect(name: str) -> ResponseReturnValue:
    """Somebody signed in here decides that the service signs them in from now on. Nobody else could decide it for them."""
    identity = _newcomer_of(name)
    fits = identity.fits(current_user.email)
    if request.method != "POST" or not fits:
        page = render_template("accounts/outside_connect.html", identity=identity, provider=_client(name).provider, fits=fits)
        return page, 200 if fits else REFUSED
    actions.connect(identity=identity, person=current_user.id)
    return redirect(forget_newcomer(), 303)


@blueprint.post("/disconnect")
@open_to(Audience.PERSON)
def disconnect(name: str) -> ResponseReturnValue:
    """The service signs in this person no longer."""
    actions.disconnect(issuer=_client(name).provider.issuer, person=current_user.id)
    return redirect(url_for("account.overview"), 303)


@blueprint.post("/ended")
@open_to(Audience.VISITOR)
def ended(name: str) -> ResponseReturnValue:
    """The service itself says that somebody has signed out there, so that they are signed out here."""
    client = _client(name)
    try:
        subject = client.ended_subject(request.form.get("logout_token", ""))
    except Trouble as trouble:
        _note(name, trouble)
        return "", 400
    person = person_by_identity(client.provider.issuer, subject)
    if person:
        end_sessions(person=person.id)
    return "", 200


@blueprint.errorhandler(Trouble)
def explain(trouble: Trouble) -> ResponseReturnValue:
    """What to do now. What went wrong inside is for the log."""
    name = (request.view_args or {})["name"]
    _note(name, trouble)
    provider = _client(name).provider
    text = say(f"outside.{trouble.kind}", domains=", ".join(provider.email_domains))
    return render_template("accounts/outside_trouble.html", provider=provider, kind=trouble.kind, text=text), STATUS.get(
        trouble.kind, REFUSED
    )


def _note(name: str, trouble: Trouble) -> None:
    current_app.logger.warning("sign-in with %s: %s (%s)", name, trouble.kind, type(trouble.__cause__).__name__)


def _client(name: str) -> Client:
    client: Client = current_app.extensions[_CLIENTS].get(name) or abort(404)
    return client


def _newcomer_of(name: str) -> Identity:
    kept = session.get(_NEW)
    if not kept or kept["identity"]["provider"] != name:
        abort(redirect(url_for("outside.begin", name=name), 303))
    return Identity(**kept["identity"])


def _may_join(name: str, identity: Identity) -> list[tuple[str, str]]:
    return known_organisations(identity.organisations) if _client(name).provider.newcomers == "join" else []


def _first(name: str, identity: Identity, form: object = None, sent: bool = False) -> str:
    organisations = _may_join(name, identity)
    form = form or (newcomer_form(organisations, identity.email) if organisations else None)
    return render_template("accounts/outside_first.html", identity=identity, provider=_client(name).provider, form=form, sent=sent)


def _leaving(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def leave() -> Any:
        by = session.get(_BY, {})
        answer = view()
        if request.method != "POST":
            return answer
        session.clear()
        client: Client | None = current_app.extensions[_CLIENTS].get(by.get("name"))
        address = client.leaving(by["id_token"]) if client else None
        return render_template("accounts/outside_left.html", provider=client.provider, address=address) if client and address else answer

    return leave
