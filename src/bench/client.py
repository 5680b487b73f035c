"""A client of a Docker engine: raw HTTP/1.0 over its unix socket, one connection a request."""

import json
import re
import socket
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

EVENTS = '{"type":["container"],"event":["die","start"]}'


class EngineError(Exception):
    pass


class Client:
    def __init__(self, path, timeout=60):
        self.path = path
        self.timeout = timeout

    def request(self, method, target, body=None):
        """Returns the body of the answer; a refusal is an error."""
        content = b"" if body is None else json.dumps(body).encode()
        with self.connect() as connection:
            connection.sendall(head(method, target, content) + content)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        first, _, rest = answer.partition(b"\r\n")
        status = int(first.split()[1])
        content = rest.partition(b"\r\n\r\n")[2]
        if status // 100 != 2 and status != 304:
            raise EngineError(f"{method} {target}: {status} {content.decode(errors='replace').strip()}")
        return content

    def connect(self):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(self.timeout)
        connection.connect(self.path)
        return connection

    def get(self, target):
        return json.loads(self.request("GET", target))

    def version(self):
        return self.get("/version")["Version"]

    def create(self, name, policy="no"):
        """Creates a container that idles, and returns its id."""
        configuration = {
            "Image": "busybox:local",
            "Cmd": ["sleep", "14400"],
            "HostConfig": {"NetworkMode": "none", "RestartPolicy": {"Name": policy}},
        }
        return json.loads(self.request("POST", f"/containers/create?name={name}", configuration))["Id"]

    def start(self, container):
        self.request("POST", f"/containers/{container}/start")

    def remove(self, container):
        self.request("DELETE", f"/containers/{container}?force=true&v=true")

    def state(self, container):
        return self.get(f"/containers/{container}/json")["State"]

    def started_since(self, container, moment, patience=60):
        """Waits for a start after that moment, and returns when it was; both in ns since the epoch."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            state = self.state(container)
            started = nanoseconds(state["StartedAt"])
            if state["Running"] and started > moment:
                return started
            time.sleep(0.1)
        raise EngineError(f"not running again after {patience} s: {container}")

    def events(self):
        """Subscribes to deaths and starts, and returns an iterator over what is told from then on."""
        connection = self.connect()
        connection.sendall(head("GET", "/events?filters=" + urllib.parse.quote(EVENTS), b""))
        lines = connection.makefile("rb")
        while lines.readline().strip():
            pass
        connection.settimeout(None)
        return Events(connection, lines)


class Events:
    def __init__(self, connection, lines):
        self.connection = connection
        self.lines = lines

    def __iter__(self):
        return (json.loads(line) for line in self.lines if line.strip())

    def close(self):
        self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()


def head(method, target, content):
    lines = f"{method} {target} HTTP/1.0\r\nHost: docker\r\n"
    if method != "GET":
        lines += f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
    return (lines + "\r\n").encode()


def nanoseconds(rfc3339):
    """Of the engine's clock, which is this machine's."""
    seconds, fraction = re.fullmatch(r"(.{19})(?:\.(\d+))?Z", rfc3339).groups()
    if seconds.startswith("0001"):
        return 0
    moment = datetime.fromisoformat(seconds).replace(tzinfo=timezone.utc)
    return int(moment.timestamp()) * 10**9 + int((fraction or "0").ljust(9, "0"))


def each(function, items, parallel):
    """Calls the function with each item, so many at a time; the first failure is raised."""
    with ThreadPoolExecutor(parallel) as pool:
        return list(pool.map(function, items))
