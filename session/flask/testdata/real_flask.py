"""Loads and dumps session cookies with Flask itself, a line of JSON at a time."""

import datetime
import decimal
import json
import sys
import uuid
from importlib.metadata import version

import flask
import itsdangerous
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from markupsafe import Markup

NOW = 1700000000
itsdangerous.TimestampSigner.get_timestamp = lambda self: NOW

app = flask.Flask(__name__)
app.secret_key = "new"
app.config["SECRET_KEY_FALLBACKS"] = ["old"]
serializer = SecureCookieSessionInterface().get_signing_serializer(app)


def describe(v):
    """Says what v is, in the words of the golden data."""
    if isinstance(v, float):
        return {"type": "float", "value": repr(v)}
    if isinstance(v, Markup):
        return {"type": "markup", "value": str(v)}
    if isinstance(v, bytes):
        return {"type": "bytes", "hex": v.hex()}
    if isinstance(v, uuid.UUID):
        return {"type": "uuid", "value": v.hex}
    if isinstance(v, datetime.datetime):
        return {"type": "datetime", "value": v.isoformat()}
    if isinstance(v, tuple):
        return {"type": "tuple", "items": [describe(e) for e in v]}
    if isinstance(v, list):
        return [describe(e) for e in v]
    if isinstance(v, dict):
        return {"type": "dict", "items": [[k, describe(e)] for k, e in v.items()]}
    return v


def answer(cookie):
    value = dict(SecureCookieSession(serializer.loads(cookie, max_age=3600)))
    return {"value": describe(value), "cookie": serializer.dumps(value)}


def samples():
    values = [
        None, True, 0, -0.0, 1.5, 1e16, 1e-5, 123456789012345678, 10**30, -(2**63), 2**63, float("inf"), float("nan"),
        "", "没有session", "\U0001f600", "\x00\x1f\x7f\x80\u2028", '"\\/', "x" * 500, "删除成功" * 60, list(range(200)),
        [], {}, (), (1, (2,), [3]), [("error", "watch out")], b"", b"\x00\xff", bytes(range(256)), Markup("<b>&amp;</b>"),
        uuid.UUID(int=1), uuid.uuid5(uuid.NAMESPACE_DNS, "example.com"), decimal.Decimal("1.50"), datetime.date(2023, 11, 14),
        datetime.datetime(2023, 11, 14, 22, 13, 20, 999999), datetime.datetime(1, 1, 1), datetime.datetime(9999, 12, 31, 23, 59, 59),
        datetime.datetime(2024, 2, 29, 1, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=2))),
        {" t": 1}, {" di": {" b": b""}}, {" di__": 1}, {" t": 1, "x": 2}, {1: "a", 10: "b", 9: "c"}, {"b": 1, "a": 2, "B": 3, "é": 4, "": 5},
    ]
    cookies = [serializer.dumps({"v": v, "_permanent": True}) for v in values]
    cookies += [serializer.dumps({" t": v}) for v in ([1], "x")] + [serializer.dumps({})]
    return [answer(cookie) for cookie in cookies]


print(json.dumps({"flask": version("flask")}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    with app.app_context():
        try:
            told = samples() if "samples" in asked else answer(asked["cookie"])
        except Exception as e:
            told = {"error": repr(e.__class__.__name__)}
    print(json.dumps(told, allow_nan=False), flush=True)
