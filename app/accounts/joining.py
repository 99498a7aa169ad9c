"""Joining: by a practice's code, or by an invitation."""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask_security import current_user, login_user
from werkzeug.wrappers import Response

from app.accounts.access import Audience, open_to
from app.accounts.actions import AlreadyHere, ask_to_join, take_up
from app.accounts.forms import JoinForm, NameForm, WelcomeForm, labelled
from app.accounts.models import EmailedLink, Person
from app.accounts.naming import name_of
from app.accounts.outside import enter, forget_newcomer, newcomer
from app.accounts.providers import Identity
from app.accounts.queries import offered, person_by_email, public_url
from app.content.messages import say

blueprint = Blueprint("joining", __name__)
KINDS = ("invitation", "join")


@blueprint.route("/join", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def join() -> str | tuple[str, int]:
    """A practice's code and an address; the link goes to the address."""
    form = JoinForm(request.form)
    labelled(form)
    sent = request.method == "POST" and form.validate()
    if sent and not ask_to_join(code=form.code.data, email=form.email.data, address=partial(public_url, "joining.welcome")):
        form.code.errors = [say("accounts.code_unknown")]
        sent = False
    page = render_template("accounts/join.html", form=form, sent=sent)
    return (page, 422) if request.method == "POST" and not sent else page


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def welcome(token: str) -> str | Response | tuple[str, int]:
    """What is offered, and the account it goes to: a new one, or one's own after signing in."""
    link = offered(token, KINDS)
    if link is None:
        return render_template("accounts/welcome.html", link=None, form=None), 410
    known = person_by_email(link.email)
    if known is None:
        return _newcomer(token, link)
    if not current_user.is_authenticated or current_user.id != known.id:
        return redirect(url_for("security.login", next=request.path), 303)
    if request.method == "POST":
        return _taken(token, known)
    return render_template("accounts/welcome.html", link=link, form=None, organisation=name_of(link))


def _newcomer(token: str, link: EmailedLink) -> str | Response | tuple[str, int]:
    identity = newcomer(link.email)
    form = labelled(NameForm(request.form, name=identity.name) if identity else WelcomeForm(request.form, email=link.email))
    page = partial(render_template, "accounts/welcome.html", link=link, form=form, organisation=name_of(link), identity=identity)
    if request.method != "POST":
        return page()
    if not form.validate():
        return page(), 422
    return _taken(token, None, form.name.data, None if identity else form.hashed(), identity)


def _taken(
    token: str, person: Person | None, name: str = "", password_hash: str | None = None, identity: Identity | None = None
) -> Response | tuple[str, int]:
    try:
        joined = take_up(token=token, kinds=KINDS, person=person, name=name, password_hash=password_hash, identity=identity)
    except AlreadyHere:
        return redirect(request.path, 303)
    if joined is None:  # Pressed twice: the first press has done it.
        return render_template("accounts/welcome.html", link=None, form=None), 410
    if identity:
        forget_newcomer()
    if person is None and identity and (identity.second_factor or not joined.check_tf_required_setup()):
        enter(joined, identity)
    elif person is None and not joined.check_tf_required_setup():
        login_user(joined, authn_via=["email"])
    return redirect(url_for("account.overview"), 303)
