"""Records cookies of Tornado and Starlette: PYTHONPATH=… python3 record_python.py > python.json"""
import asyncio
import json
import time

AT = 1793613600  # 2026-11-02 10:00:00 UTC
time.time = lambda: AT

import starlette  # noqa: E402  after the clock is set
import tornado  # noqa: E402
from starlette.middleware.sessions import SessionMiddleware  # noqa: E402
from tornado.web import create_signed_value  # noqa: E402

SECRET = "a-secret-of-the-class"
samples = []


def add(name, value, payload, format, parts):
    samples.append({"name": name, "cookie": "session", "value": value, "format": format, "key": SECRET, "salt": "",
                    "signed_at": AT, "payload": payload, "parts": parts})


def starlette_cookie(values):
    sent = []

    async def app(scope, receive, send):
        scope["session"].update(values)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def keep(message):
        sent.append(message)

    asyncio.run(SessionMiddleware(app, SECRET)({"type": "http", "headers": []}, None, keep))
    return dict(sent[0]["headers"])[b"set-cookie"].decode().split(";")[0].split("=", 1)[1]


v2 = ["header", "key-id", "timestamp", "name", "payload", "signature"]
add("Tornado", create_signed_value(SECRET, "session", "momo").decode(), "momo", "tornado", v2)
add("Tornado, JSON", create_signed_value(SECRET, "session", '{"uname":"momo"}').decode(), {"uname": "momo"}, "tornado", v2)
add("Tornado, version 1", create_signed_value(SECRET, "session", "momo", version=1).decode(), "momo", "tornado", ["payload", "timestamp", "signature"])
for name, values in (("Starlette", {"uname": "momo"}), ("Starlette, padded once", {"uname": "momo!"}), ("Starlette, not padded", {"uname": "momo 莫"})):
    add(name, starlette_cookie(values), values, "starlette", ["payload", "timestamp", "signature"])

library = "Tornado %s, Starlette %s" % (tornado.version, starlette.__version__)
print(json.dumps({"library": library, "samples": samples}, ensure_ascii=False, indent=1))
