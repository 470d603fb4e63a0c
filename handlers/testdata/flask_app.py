"""The app of a bench in Flask itself, which answers a line of JSON at a time."""

import datetime
import json
import sys
import warnings
from importlib.metadata import version

import flask
import flask.sessions
import itsdangerous
from flask import request, session

warnings.filterwarnings("ignore", message=".*cookie is too large")  # which is the point

now = 0


class Clock(datetime.datetime):
    """Tells the time of the experiment."""

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(now, tz)


flask.sessions.datetime = Clock
itsdangerous.TimestampSigner.get_timestamp = lambda self: now

PASSWORDS = {"alice": "rabbit", "mallory": "letmein"}


def new_app(config):
    """Returns the app as a server has it that has just started."""
    app = flask.Flask("shop")
    app.config.update(config)

    @app.post("/login")
    def login():
        if PASSWORDS.get(request.form["uname"]) != request.form["pwd"]:
            return {"outcome": "wrong-password"}
        session["uname"] = request.form["uname"]
        return {"outcome": "done"}

    @app.post("/logout")
    def logout():
        session.clear()
        return {"outcome": "done"}

    @app.post("/set")
    def put():
        session[request.form["key"]] = request.form["value"]
        return {"outcome": "done"}

    @app.get("/get")
    def get():
        return {"outcome": "done" if request.args["key"] in session else "no-key"}

    @app.post("/pop")
    def pop():
        return {"outcome": "done" if session.pop(request.form["key"], None) is not None else "no-key"}

    @app.post("/permanent")
    def permanent():
        session.permanent = request.form["on"] == "true"
        return {"outcome": "done"}

    @app.get("/me")
    def me():
        return {"outcome": "done" if "uname" in session else "nobody", "user": session.get("uname", "")}

    return app


def refused(app, cookie):
    """Says why Flask does not believe a cookie, "" if it does."""
    serializer = app.session_interface.get_signing_serializer(app)
    try:
        serializer.loads(cookie, max_age=int(app.permanent_session_lifetime.total_seconds()))
    except itsdangerous.BadSignature as e:
        return e.__class__.__name__
    return ""


def answer(app, asked):
    """Has the app answer a request. No cookies are kept in between."""
    with app.test_client(use_cookies=False) as client:
        res = client.open(asked["path"], method=asked["method"], base_url=asked["base"], headers={"Cookie": asked["cookie"]} if asked["cookie"] else {},
                          data=asked["form"] if asked["method"] == "POST" else None, query_string=asked["form"] if asked["method"] == "GET" else None)
    told = {"status": res.status_code, "set": res.headers.getlist("Set-Cookie"), "invalid": ""}
    if asked["value"]:
        told["invalid"] = refused(app, asked["value"])
    return told | (res.get_json(silent=True) or {"outcome": "refused"})


print(json.dumps({"flask": version("flask")}), flush=True)
app = None
for line in sys.stdin:
    asked = json.loads(line)
    now = asked["now"]
    if "config" in asked:
        app = new_app(asked["config"])
        told = {}
    else:
        told = answer(app, asked)
    print(json.dumps(told), flush=True)
