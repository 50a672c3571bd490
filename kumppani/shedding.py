"""A protocol of uvicorn's that refuses requests of a full process before anything is made of them."""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

import h11
from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

from chassis.early import RawHeaders

Refuse = Callable[[Scope, RawHeaders], bytes | None]
"""Returns the refusal of a request, with these headers besides; None when it is not refused, or not so."""
_FIRST: Final = re.compile(rb"([A-Z]+) (/[\x21-\x7e]*) HTTP/1\.1")
_LINE: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\t\x20-\x7e\x80-\xff]*)")
"""A header of one line. No byte of it may end a line for h11 that does not end it here, such as a bare LF."""
_LEFT_TO_H11: Final = frozenset({b"transfer-encoding", b"expect", b"upgrade"})
_END: Final = b"\r\n\r\n"


def protocol(full: Callable[[], bool], refuse: Refuse) -> type[H11Protocol]:
    """Return the protocol of a process that asks ``refuse`` about requests while it is ``full``."""

    class Shedding(H11Protocol):
        def data_received(self, data: bytes) -> None:
            if not (full() and self._refused(data)):
                super().data_received(data)

        def _refused(self, data: bytes) -> bool:
            """Refuse the request that these bytes are, if they are one and it is to be refused."""
            between = self.conn.our_state is h11.IDLE and self.conn.their_state is h11.IDLE
            # Who does not read what was answered is left to a task, which waits for that.
            if not between or self.conn.trailing_data[0] or self.flow.write_paused:
                return False
            scope = whole_request(data)
            if scope is None:
                return False
            last = (b"connection", b"close") in scope["headers"]
            more = [*self.server_state.default_headers, *([(b"connection", b"close")] if last else [])]
            answer = refuse(scope, more)
            if answer is None:
                return False
            self.transport.write(answer)
            if last:
                self.transport.close()
            else:
                self.on_response_complete()
            return True

    return Shedding


def whole_request(data: bytes) -> Scope | None:
    """Return the request that these bytes are from beginning to end, None when they are anything else.

    It is more particular than HTTP: whatever is not plainly one request, h11 judges.
    """
    head, end, body = data.partition(_END)
    first, *lines = head.split(b"\r\n")
    begun = _FIRST.fullmatch(first)
    if not end or begun is None or begun[1] == b"HEAD":  # its answer has no content
        return None
    headers = []
    for line in lines:
        header = _LINE.fullmatch(line)
        if header is None:
            return None
        headers.append((header[1].lower(), header[2].strip()))
    names = [name for name, _ in headers]
    if names.count(b"host") != 1 or names.count(b"content-length") > 1 or not _LEFT_TO_H11.isdisjoint(names):
        return None
    length = dict(headers).get(b"content-length", b"0")
    if not length.isdigit() or length.lstrip(b"0") != (b"%d" % len(body)).lstrip(b"0"):
        return None
    path, _, query = begun[2].partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": begun[1].decode(),
        "scheme": "http",
        "path": unquote(path.decode()),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "server": None,
        "client": None,
    }
