"""Makes cookies by the algorithms of libraries that are not at hand here: python3 record_byhand.py > byhand.json"""
import base64
import hashlib
import hmac
import json
import subprocess

KEY = "a-secret-of-the-class"
LARAVEL = "base64:" + base64.b64encode(bytes(range(32))).decode()
samples = []


def add(name, value, payload, format, parts, **more):
    samples.append({"name": name, "cookie": "session", "value": value, "format": format, "key": KEY, "salt": "",
                    "signed_at": None, "payload": payload, "parts": parts, **more})


def mac(digest, key, data):
    return hmac.new(key, data.encode(), digest)


def b64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def b64(data):
    return base64.b64encode(data).decode()


# Play up to 2.5: api/mvc/Cookie.scala, UrlEncodedCookieDataCodec, and libs/crypto/CookieSigner.scala.
pairs = "uname=momo&next=%2Fcart%3Fa%3D1"
add("Play", mac("sha1", KEY.encode(), pairs).hexdigest() + "-" + pairs, {"uname": "momo", "next": "/cart?a=1"}, "play", ["signature", "payload"], cookie="PLAY_SESSION")

# Plug.Crypto.MessageVerifier over :erlang.term_to_binary(%{"uname" => "momo", "n" => 300}), with a derived key.
term = b"\x83t\x00\x00\x00\x02m\x00\x00\x00\x01nb\x00\x00\x01\x2cm\x00\x00\x00\x05unamem\x00\x00\x00\x04momo"
signed = b64url(b"HS256") + "." + b64url(term)
derived = hashlib.pbkdf2_hmac("sha256", KEY.encode(), b"a-salt", 1000, 32)
add("Phoenix", signed + "." + b64url(mac("sha256", derived, signed).digest()), {"n": 300, "uname": "momo"}, "phoenix",
    ["header", "payload", "signature"], salt="a-salt", cookie="_app_key")

# CodeIgniter 2: libraries/Session.php, _set_cookie, with an HMAC since 2.2 and an MD5 before.
php = 'a:3:{s:10:"session_id";s:32:"0123456789abcdef0123456789abcdef";s:10:"ip_address";s:9:"127.0.0.1";s:13:"last_activity";i:1793613600;}'
values = {"session_id": "0123456789abcdef0123456789abcdef", "ip_address": "127.0.0.1", "last_activity": 1793613600}
add("CodeIgniter 2.2", php.replace('"', "%22") + mac("sha1", KEY.encode(), php).hexdigest(), values, "codeigniter", ["payload", "signature"], cookie="ci_session")
add("CodeIgniter 2.1", php.replace('"', "%22") + hashlib.md5((php + KEY).encode()).hexdigest(), values, "codeigniter", ["payload", "signature"], cookie="ci_session")


def cbc(key, iv, text):
    run = subprocess.run(["openssl", "enc", "-aes-256-cbc", "-K", key.hex(), "-iv", iv.hex()], input=text, capture_output=True, check=True)
    return run.stdout


# Laravel: Illuminate/Encryption/Encrypter.php and Cookie/CookieValuePrefix.php.
key, iv = bytes(range(32)), bytes(range(16))
prefix = mac("sha1", key, "laravel_sessionv2").hexdigest() + "|"
box = {"iv": b64(iv), "value": b64(cbc(key, iv, (prefix + "QYbNo0vXkGJ4xG4mPu0MZGUZvnmrAFtEfR8cUpVa").encode()))}
box.update(mac=mac("sha256", key, box["iv"] + box["value"]).hexdigest(), tag="")
add("Laravel", b64(json.dumps(box, separators=(",", ":")).replace("/", "\\/").encode()).replace("=", "%3D"), "QYbNo0vXkGJ4xG4mPu0MZGUZvnmrAFtEfR8cUpVa",
    "laravel", ["iv", "payload", "signature"], key=LARAVEL, cookie="laravel_session")

print(json.dumps({"library": "by hand", "samples": samples}, ensure_ascii=False, indent=1))

