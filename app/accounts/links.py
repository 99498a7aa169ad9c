"""Signing in by a link in one's own post."""

from functools import partial

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import login_user
from flask_security.proxies import _security

from app.accounts.access import Audience, open_to
from app.accounts.actions import send_sign_in_link, take_link
from app.accounts.forms import AddressForm, labelled
from app.accounts.queries import person_by_email, public_url
from app.extensions import db
from app.ui.addresses import local

blueprint = Blueprint("links", __name__)


@blueprint.route("/sign-in/link", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def ask() -> str | tuple[str, int]:
    """The box for an address, and then the same words whoever has it."""
    form = labelled(AddressForm(request.form))
    if request.method != "POST":
        return render_template("accounts/link_ask.html", form=form, sent=False)
    if not form.validate():
        return render_template("accounts/link_ask.html", form=form, sent=False), 422
    next_page = local(request.form.get("next", ""))
    send_sign_in_link(
        email=form.email.data,
        address=partial(public_url, "links.use", next=next_page if next_page != "/" else None),
        home=public_url("joining.join"),
    )
    return render_template("accounts/link_ask.html", form=form, sent=True)


@blueprint.route("/sign-in/link/<token>", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def use(token: str) -> ResponseReturnValue:
    """A page with a button: programs that look into post open links, but they press no buttons."""
    if request.method != "POST":
        return render_template("accounts/link_use.html", gone=False)
    link = take_link(token=token, kinds=("sign_in",))
    person = person_by_email(link.email) if link else None
    if person is None:
        return render_template("accounts/link_use.html", gone=True), 410
    next_page = local(request.args.get("next", "/account"))
    second = _security.two_factor_plugins.tf_enter(person, None, "email", next_loc=next_page)
    if second:
        return second
    login_user(person, authn_via=["email"])
    db.session.commit()
    return redirect(next_page, 303)
