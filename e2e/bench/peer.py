# The same steps in Flask, whose session is a signed cookie.
import os

from flask import Flask, request, session

app = Flask(__name__)
app.secret_key = "0123456789abcdef0123456789abcdef"
page = os.environ["BENCH_PAGE"]


@app.get("/")
def step():
    session["n"] = session.get("n", 0) + 1
    return page % session["n"]


@app.post("/set")
def set():
    key, value = request.form["key"], request.form["value"]
    session[key] = value
    return {"ok": True, "op": "set", "result": value, "session": dict(session)}


@app.get("/get")
def get():
    return {"ok": True, "op": "get", "result": session.get(request.args["key"])}
