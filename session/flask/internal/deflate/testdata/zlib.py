"""Writes zlib.json: what zlib (here 1.2.13, by Python) makes of the samples of deflate_test.go."""

import base64
import json
import zlib


def picks(n):
    """n numbers below 2**16 that a Go program can make too."""
    x = 1
    for _ in range(n):
        x = (x * 1103515245 + 12345) % 2**31
        yield x >> 15


WORDS = [b"session", b"cookie", b"uname", b"momo", "没有".encode(), b"_permanent", b"the", b"a", b"0", b"1234567890"]


def words(n):
    return b" ".join(WORDS[p % len(WORDS)] for p in picks(n))


def skewed(n):
    """Bytes so unequally frequent that some codes would be longer than 15 bits."""
    data, a, b = b"", 1, 1
    for i in range(n):
        data += bytes([i]) * a
        a, b = b, a + b
    mixed = bytearray(data)
    for i, p in enumerate(picks(len(mixed))):
        j = p % len(mixed)
        mixed[i], mixed[j] = mixed[j], mixed[i]
    return bytes(mixed)


samples = {
    "nothing": b"",
    "noise": bytes(p % 256 for p in picks(300)),
    "a run": b"a" * 300,
    "a run to the last exact byte": b"\0" * 16382,
    "two letters": bytes(b"ab"[p >> 8 & 1] for p in picks(700)),
    "a match of three too far back": b"xyz" + bytes(range(256)) * 17 + b"xyz!",
    "matches of every length": b"".join(bytes([n % 256]) * n for n in range(1, 150)),
    "words": words(700),
    "words to the last exact byte": words(4000)[:16382],
    "codes that would be too long": skewed(19),
}

with open("zlib.json", "w") as f:
    made = {name: base64.b64encode(zlib.compress(data)).decode() for name, data in samples.items()}
    json.dump(made, f, indent=1)
    f.write("\n")
