"""Records cookies of Django: python3 record_django.py > django.json"""
import json
import time

AT = 1793613600  # 2026-11-02 10:00:00 UTC
time.time = lambda: AT

import django  # noqa: E402  after the clock is set
from django.conf import settings  # noqa: E402

SECRET = "a-secret-of-the-class"
settings.configure(SECRET_KEY=SECRET, SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
                   SESSION_SERIALIZER="django.contrib.sessions.serializers.JSONSerializer", DEFAULT_CHARSET="utf-8")
django.setup()
from django.contrib.sessions.backends.signed_cookies import SessionStore  # noqa: E402
from django.core import signing  # noqa: E402
from django.http import HttpResponse  # noqa: E402

samples = []


def add(name, value, payload, *, parts=("payload", "timestamp", "signature"), salt="", cookie="", at=AT):
    samples.append({"name": name, "cookie": cookie, "value": value, "format": "django", "key": SECRET, "salt": salt,
                    "signed_at": at, "payload": payload, "parts": list(parts)})


def session(values):
    store = SessionStore()
    store.update(values)
    store.save()
    return store.session_key


login = {"_auth_user_id": "7", "_auth_user_backend": "django.contrib.auth.backends.ModelBackend", "uname": "momo"}
add("django session", session({"uname": "momo", "cart": [1, 2]}), {"uname": "momo", "cart": [1, 2]}, cookie="sessionid")
add("django session, compressed", session(login), login, cookie="sessionid")
add("signing.dumps", signing.dumps({"user": 7}), {"user": 7})
add("signing.dumps with a salt", signing.dumps({"user": 7}, salt="newsletter"), {"user": 7}, salt="newsletter")
add("Signer.sign_object", signing.Signer().sign_object({"user": 7}), {"user": 7}, parts=("payload", "signature"), at=None)
add("Signer", signing.Signer().sign("user 7"), "user 7", parts=("payload", "signature"), at=None)
add("TimestampSigner", signing.TimestampSigner().sign("a:b"), "a:b")
response = HttpResponse()
response.set_signed_cookie("colour", "teal", salt="prefs")
add("set_signed_cookie", response.cookies["colour"].value, "teal", cookie="colour", salt="prefs")

print(json.dumps({"library": "Django " + django.__version__, "samples": samples}, ensure_ascii=False, indent=1))
