"""What no client of good will sends: bodies, paths, queries and headers."""

import json
from collections.abc import Mapping

DEEP = 20_000
JSON = "application/json"
BODIES: dict[str, tuple[str, bytes]] = {
    "nothing": (JSON, b""),
    "null": (JSON, b"null"),
    "a list": (JSON, b"[]"),
    "lists in lists": (JSON, b"[" * DEEP + b"]" * DEEP),
    "objects in objects": (JSON, b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    "a number of thousands of digits": (JSON, b'{"year":' + b"9" * 5_000 + b"}"),
    "an exponent beyond all numbers": (JSON, b'{"year":1e999999,"version":-1e999999}'),
    "not a number": (JSON, b'{"year":NaN,"limit":Infinity}'),
    "one name twice": (JSON, b'{"name":"a","name":1,"name":null}'),
    "half a character": (JSON, rb'{"name":"\ud800","description":"\udfff"}'),
    "no UTF-8": (JSON, b'{"name":"\xff\xfe"}'),
    "UTF-16": (JSON, '{"name":"a"}'.encode("utf-16")),
    "a byte order mark": (JSON, b"\xef\xbb\xbf{}"),
    "null bytes": (JSON, rb'{"name":"\u0000","description":"a\u0000b"}'),
    "names of objects": (JSON, b'{"__proto__":{"a":1},"constructor":{},"":1}'),
    "thousands of names": (JSON, json.dumps({f"k{number}": number for number in range(3_000)}).encode()),
    "broken off": (JSON, b'{"name":"a'),
    "a form": ("application/x-www-form-urlencoded", b"name=a"),
    "a file in parts": ("multipart/form-data; boundary=x", b"--x\r\n"),
    "XML": ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "a type that is none": (";;;/", b"{}"),
}
HEADERS: tuple[dict[str, str], ...] = (
    {"X-HTTP-Method-Override": "DELETE", "X-HTTP-Method": "DELETE", "X-Method-Override": "PUT"},
    {"Range": "bytes=0-,0-,0-,5-1,-99999999999999999999"},
    {"If-Range": '"7"', "Range": "bytes=1-2"},
    {"If-None-Match": ", ".join(['W/"x"'] * 2_000)},
    {"If-Modified-Since": "Sun, 99 Foo 0000 99:99:99 GMT", "If-Unmodified-Since": "never"},
    {"Accept": "*/*;q=" + "9" * 2_000, "Accept-Language": "fi;q=x, ;;;, " * 500},
    {"Accept-Encoding": "gzip;q=nan, zstd;q=-1, " * 500},
    {"Expect": "200-maybe", "TE": "trailers", "Upgrade": "h2c", "Connection": "Upgrade"},
    {"X-Forwarded-For": "', 1.2.3.4, ::1 " * 200, "Forwarded": "for=unknown;by=_x"},
    {"traceparent": "00-" + "f" * 500, "baggage": "a=b," * 2_000},
    {"Cookie": "a=b; " * 2_000},
    {"Authorization": "Bearer " + "." * 5_000},
    {"Authorization": "Bearer eyJhbGciOiJub25lIn0.e30."},
    {f"X-Bomb-{number}": "x" for number in range(90)},
)
PATHS = (
    "/%00",
    "/%ff%fe",
    "/%ed%a0%80",
    "/%2e%2e/%2e%2e/etc/passwd",
    "//evil.example/",
    "/;a=b",
    "/%0d%0aSet-Cookie:a=b",
    "/" + "a" * 5_000,
    "/" + "%2f" * 500,
    "/\u202e".encode().decode("latin-1"),
)
QUERIES = (
    "a=1&" * 10_000,
    "&".join(f"k{number}=1" for number in range(6_000)),
    "limit=" + "9" * 5_000,
    "cursor=%00",
    "cursor=" + "A" * 10_000,
    "q=%ed%a0%80",
    "q=%00",
    "%ff=%ff&%00=%00",
    "limit=5&limit=6&limit[]=7",
    "=&&&==",
    "limit=NaN",
)


def faults(status: int, headers: Mapping[str, str]) -> list[str]:
    """Name what is wrong with an answer, whatever was asked."""
    found = [f"status {status}"] if status >= 500 else []
    for name in ("x-content-type-options", "content-security-policy", "referrer-policy", "cache-control"):
        if name not in headers:
            found.append(f"without {name}")
    return found
