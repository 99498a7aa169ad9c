"""What the rules of web.yaml refuse and let pass."""

import jinja2

# ruleid: cookie-outside-accounts
from flask import redirect, render_template, render_template_string, request, session

from app.ui.addresses import local


def bad(response, environment):
    # ruleid: template-from-a-string
    page = render_template_string("<p>{{ name }}</p>", name="x")
    # ruleid: template-from-a-string
    page += jinja2.Template("{{ name }}").render()
    # ruleid: template-from-a-string
    page += environment.from_string("{{ name }}").render()
    # ruleid: cookie-outside-accounts
    response.set_cookie("seen", "1")
    # ruleid: redirect-to-what-was-asked
    response.headers["Location"] = request.referrer
    wanted = request.args.get("next", "/")
    # ruleid: redirect-to-what-was-asked
    return redirect(wanted)


def good(response):
    # ok: template-from-a-string
    render_template("pages/home.html")
    # ok: cookie-outside-accounts
    response.headers["Cache-Control"] = "no-store"
    # ok: redirect-to-what-was-asked
    return redirect(local(request.args.get("next", "/")))
