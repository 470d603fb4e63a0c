"""Records cookies of Flask and itsdangerous: PYTHONPATH=../../../e2e/.flask python3 record_flask.py > flask.json"""
import hashlib
import importlib.metadata
import json
import time

AT = 1793613600  # 2026-11-02 10:00:00 UTC
time.time = lambda: AT

import itsdangerous  # noqa: E402  after the clock is set
from flask import Flask, session  # noqa: E402

SECRET = "a-secret-of-the-class"
samples = []


def add(name, value, payload, *, format="itsdangerous", parts=("payload", "timestamp", "signature"), key=SECRET, salt="", cookie="", at=AT):
    if isinstance(value, bytes):
        value = value.decode()
    samples.append({"name": name, "cookie": cookie, "value": value, "format": format, "key": key, "salt": salt,
                    "signed_at": at, "payload": payload, "parts": list(parts)})


def flask_cookie(fill):
    app = Flask("sample")
    app.secret_key = SECRET

    @app.get("/")
    def index():
        fill(session)
        return "ok"

    return app.test_client().get("/").headers["Set-Cookie"].split(";")[0].split("=", 1)[1]


def login(s):
    s["uname"] = "momo"
    s["cart"] = [1, 2]


def tagged(s):
    s.permanent = True
    s["pair"] = (1, 2)
    s["name"] = "莫莫"


def long(s):
    s["text"] = "all work and no play " * 40


add("flask", flask_cookie(login), {"uname": "momo", "cart": [1, 2]}, format="flask", cookie="session")
add("flask tagged", flask_cookie(tagged), {"_permanent": True, "pair": {" t": [1, 2]}, "name": "莫莫"}, format="flask", cookie="session")
add("flask compressed", flask_cookie(long), {"text": "all work and no play " * 40}, format="flask", cookie="session")

data = {"user": 7, "next": "/cart"}
add("timed serializer", itsdangerous.URLSafeTimedSerializer(SECRET, salt="reset-password").dumps(data), data, salt="reset-password")
add("timed serializer, default salt", itsdangerous.URLSafeTimedSerializer(SECRET).dumps("momo"), "momo")
add("timed serializer, SHA-512", itsdangerous.URLSafeTimedSerializer(SECRET, signer_kwargs={"digest_method": hashlib.sha512}).dumps([1]), [1])
add("serializer", itsdangerous.URLSafeSerializer(SECRET).dumps(data), data, parts=("payload", "signature"), at=None)
add("serializer, compressed", itsdangerous.URLSafeSerializer(SECRET).dumps(["x" * 99] * 9), ["x" * 99] * 9, parts=("payload", "signature"), at=None)
add("timestamp signer", itsdangerous.TimestampSigner(SECRET).sign("user.7"), "user.7")
add("signer", itsdangerous.Signer(SECRET).sign("user:7"), "user:7", parts=("payload", "signature"), at=None)

library = "Flask %s, itsdangerous %s" % (importlib.metadata.version("flask"), importlib.metadata.version("itsdangerous"))
print(json.dumps({"library": library, "samples": samples}, ensure_ascii=False, indent=1))
