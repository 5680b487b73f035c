"""Who reads and is told: somebody who reads page and metrics, and a webhook that does not always take what it is told."""

import contextlib
import http.client
import http.server
import random
import threading
import time
import urllib.request

PATHS = ["/", "/metrics", "/status.json", "/healthz"]
PAUSE = 3
PATIENCE = 10
# Longer than watchdog waits for a webhook.
HANGS = 15


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        fate = random.random()
        if fate < 0.02:
            time.sleep(HANGS)
        refused = fate < 0.15
        with contextlib.suppress(OSError):
            self.send_response(500 if refused else 204)
            self.send_header("Content-Length", "0")
            self.end_headers()
        if refused:
            self.server.refused += 1
        else:
            self.server.messages += 1

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def receiver():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.messages = server.refused = 0
        server.url = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


class Reader:
    """Reads one address after the other; one that is not answered is noted."""

    def __init__(self, port, notes):
        self.port = port
        self.notes = notes
        self.answers = 0

    def step(self, over):
        for path in PATHS:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
                    answer.read()
                self.answers += 1
            except (OSError, http.client.HTTPException) as problem:
                self.notes.add("unread", path=path, problem=repr(problem))
        over.wait(PAUSE)
