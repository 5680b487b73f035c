"""A fake engine: as many containers as one likes, answers at once, and logs when it was asked to start what."""

import hashlib
import json
import os
import queue
import re
import socket
import threading
import time
import urllib.parse

ACCEPTORS = 32
LISTING_FILTERS = {"status", "name", "label", "id", "health"}
EVENT_FILTERS = {"type", "event"}
NEVER = "0001-01-01T00:00:00Z"


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime()) + f".{time.time_ns() % 10**9:09}Z"


class FakeContainer:
    def __init__(self, name):
        self.id = digest(name)
        self.name = name
        self.image = "registry.example/team/service:1.2.3"
        self.labels = {
            "com.docker.compose.project": "project",
            "com.docker.compose.service": name,
            "com.docker.compose.oneoff": "False",
            "com.docker.compose.version": "2.29.7",
            "org.opencontainers.image.title": "service",
            "org.opencontainers.image.licenses": "Apache-2.0",
        }
        self.running = True
        self.started_at = now()
        self.finished_at = NEVER
        self.render()

    def render(self):
        self.entry = json.dumps(self._entry(), separators=(",", ":")).encode()
        self.details = json.dumps(self._details(), separators=(",", ":")).encode() + b"\n"

    def exited(self):
        self.running = False
        self.finished_at = now()
        self.render()

    def started(self):
        self.running = True
        self.started_at = now()
        self.render()

    @property
    def status(self):
        return "running" if self.running else "exited"

    def _networks(self):
        return {
            "project_default": {
                "IPAMConfig": None,
                "Links": None,
                "Aliases": None,
                "NetworkID": digest("network"),
                "EndpointID": digest("endpoint " + self.name),
                "Gateway": "172.18.0.1",
                "IPAddress": "172.18.0.2",
                "IPPrefixLen": 16,
                "MacAddress": "02:42:ac:12:00:02",
                "DriverOpts": None,
            }
        }

    def _mounts(self):
        return [{
            "Type": "volume",
            "Name": "project_data",
            "Source": "/var/lib/docker/volumes/project_data/_data",
            "Destination": "/data",
            "Driver": "local",
            "Mode": "z",
            "RW": True,
            "Propagation": "",
        }]

    def _entry(self):
        return {
            "Id": self.id,
            "Names": ["/" + self.name],
            "Image": self.image,
            "ImageID": "sha256:" + digest(self.image),
            "Command": "/usr/local/bin/service --serve",
            "Created": 1767225600,
            "Ports": [{"IP": "0.0.0.0", "PrivatePort": 8080, "PublicPort": 8080, "Type": "tcp"}],
            "Labels": self.labels,
            "State": self.status,
            "Status": "Up 3 minutes" if self.running else "Exited (137) 1 second ago",
            "HostConfig": {"NetworkMode": "project_default"},
            "NetworkSettings": {"Networks": self._networks()},
            "Mounts": self._mounts(),
        }

    def _details(self):
        return {
            "Id": self.id,
            "Created": "2026-01-01T00:00:00.123456789Z",
            "Path": "/usr/local/bin/service",
            "Args": ["--serve"],
            "State": {
                "Status": self.status,
                "Running": self.running,
                "Paused": False,
                "Restarting": False,
                "OOMKilled": False,
                "Dead": False,
                "Pid": 4711 if self.running else 0,
                "ExitCode": 0 if self.running else 137,
                "Error": "",
                "StartedAt": self.started_at,
                "FinishedAt": self.finished_at,
            },
            "Image": "sha256:" + digest(self.image),
            "Name": "/" + self.name,
            "RestartCount": 0,
            "Driver": "overlay2",
            "Platform": "linux",
            "HostConfig": {
                "Binds": None,
                "LogConfig": {"Type": "json-file", "Config": {}},
                "NetworkMode": "project_default",
                "PortBindings": {"8080/tcp": [{"HostIp": "", "HostPort": "8080"}]},
                "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0},
                "AutoRemove": False,
                "CapAdd": None,
                "Dns": [],
                "Privileged": False,
                "ShmSize": 67108864,
                "Runtime": "runc",
                "Memory": 0,
                "MaskedPaths": ["/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list"],
                "ReadonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
            },
            "Mounts": self._mounts(),
            "Config": {
                "Hostname": self.id[:12],
                "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
                "Cmd": ["--serve"],
                "Image": self.image,
                "Labels": self.labels,
            },
            "NetworkSettings": {"Ports": {}, "Networks": self._networks()},
        }

    def passes(self, filters):
        """Whether a listing with these filters has it; the words of one filter are alternatives, labels are not."""
        return (
            ("status" not in filters or self.status in filters["status"])
            and ("name" not in filters or any(self._is_named(name) for name in filters["name"]))
            and ("id" not in filters or any(self.id.startswith(start) for start in filters["id"]))
            and ("health" not in filters or "none" in filters["health"])
            and all(self._has_label(label) for label in filters.get("label", ()))
        )

    def _is_named(self, pattern):
        return re.search(pattern, self.name) or re.search(pattern, "/" + self.name)

    def _has_label(self, label):
        key, equals, value = label.partition("=")
        return key in self.labels and (not equals or self.labels[key] == value)


class FakeEngine:
    """Used as a context; `started` is a queue of (id, ns by the monotonic clock) of each start that was asked for."""

    def __init__(self, folder, names):
        self.path = os.path.join(folder, "fake.sock")
        self.containers = {container.id: container for container in map(FakeContainer, names)}
        self.started = queue.SimpleQueue()
        self.first_request = queue.SimpleQueue()
        self.looked = set()
        self.listings = 0
        self._streams = []
        self._changed = threading.Lock()
        self._listings = {}
        self._socket = socket.socket(socket.AF_UNIX)
        self._asked = False

    def __enter__(self):
        if os.path.exists(self.path):
            os.unlink(self.path)
        self._socket.bind(self.path)
        self._socket.listen(512)
        # Each accepts for itself, so that no thread has to be made before an answer.
        for _ in range(ACCEPTORS):
            threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *failure):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        with self._changed:
            for stream, _ in self._streams:
                stream.close()

    def wait_until_looked_at(self, patience, count=None, check=lambda: None):
        """Waits until events are subscribed to and so many containers, else all, have been inspected.

        check: raises when there is no use in waiting on
        """
        count = count or len(self.containers)
        end = time.monotonic() + patience
        while not (self._streams and len(self.looked) >= count):
            check()
            if time.monotonic() > end:
                raise TimeoutError(f"looked at {len(self.looked)} of {count} after {patience} s")
            time.sleep(0.02)

    def crash(self, id):
        """Has a container crash, and returns when that was told, in ns by the monotonic clock."""
        with self._changed:
            container = self.containers[id]
            container.exited()
            self._listings.clear()
            event = self._event(container, "die", {"exitCode": "137"})
            told = time.monotonic_ns()
            self._tell("die", event)
        return told

    def share(self, id, patience=10):
        """Has a container crash, and returns the ms until its start was asked for."""
        told = self.crash(id)
        asked_for, arrived = self.started.get(timeout=patience)
        if asked_for != id:
            raise ValueError(f"{asked_for} was started instead of {id}")
        return (arrived - told) / 1e6

    def _event(self, container, action, more):
        moment = time.time_ns()
        attributes = {**container.labels, "image": container.image, "name": container.name, **more}
        event = {
            "status": action,
            "id": container.id,
            "from": container.image,
            "Type": "container",
            "Action": action,
            "Actor": {"ID": container.id, "Attributes": attributes},
            "scope": "local",
            "time": moment // 10**9,
            "timeNano": moment,
        }
        return json.dumps(event, separators=(",", ":")).encode() + b"\n"

    def _tell(self, action, event):
        for stream in list(self._streams):
            connection, wanted = stream
            if not wanted or action in wanted:
                try:
                    connection.sendall(event)
                except OSError:
                    self._streams.remove(stream)
                    connection.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            try:
                if not self._serve(connection):
                    connection.close()
            except OSError:
                connection.close()

    def _serve(self, connection):
        """Answers one request; returns whether the connection stays open, as a stream of events."""
        request = b""
        while b"\r\n\r\n" not in request:
            part = connection.recv(65536)
            if not part:
                return False
            request += part
        arrived = time.monotonic_ns()
        if not self._asked:
            self._asked = True
            self.first_request.put(arrived)
        method, target, _ = request.split(b"\r\n", 1)[0].decode().split(" ")
        url = urllib.parse.urlsplit(target)
        filters = json.loads(dict(urllib.parse.parse_qsl(url.query)).get("filters", "{}"))
        known = EVENT_FILTERS if url.path == "/events" else LISTING_FILTERS
        if not known.issuperset(filters):
            return answer(connection, "400 Bad Request", b'{"message":"Invalid filter"}\n')
        if url.path == "/events":
            return self._subscribe(connection, set(filters.get("event", ())))
        if url.path == "/containers/json":
            return answer(connection, "200 OK", self._listing(filters, "all=" in url.query or "status" in filters))
        container, _, what = url.path.removeprefix("/containers/").partition("/")
        if method == "POST" and what == "start":
            return self._start(connection, container, arrived)
        if what == "json" and container in self.containers:
            answer(connection, "200 OK", self.containers[container].details)
            self.looked.add(container)
            return False
        if url.path == "/version":
            return answer(connection, "200 OK", b'{"Version":"20.10.24","ApiVersion":"1.41"}\n')
        if url.path == "/_ping":
            return answer(connection, "200 OK", b"OK")
        return answer(connection, "404 Not Found", b'{"message":"page not found"}\n')

    def _subscribe(self, connection, wanted):
        with self._changed:
            answer(connection, "200 OK", b"")
            self._streams.append((connection, wanted))
        return True

    def _listing(self, filters, all):
        key = json.dumps([filters, all])
        with self._changed:
            self.listings += 1
            if key not in self._listings:
                entries = [
                    container.entry
                    for container in self.containers.values()
                    if (all or container.running) and container.passes(filters)
                ]
                self._listings[key] = b"[" + b",".join(entries) + b"]\n"
            return self._listings[key]

    def _start(self, connection, id, arrived):
        with self._changed:
            container = self.containers[id]
            if container.running:
                return answer(connection, "304 Not Modified", b"")
            container.started()
            self._listings.clear()
            self._tell("start", self._event(container, "start", {}))
        answer(connection, "204 No Content", b"")
        self.started.put((id, arrived))
        return False


def answer(connection, status, content):
    """As Docker 20.10 answers HTTP/1.0: it tells the length of what is short, and ends the rest by closing."""
    length = f"Content-Length: {len(content)}\r\n" if 0 < len(content) < 2048 else ""
    head = (
        f"HTTP/1.0 {status}\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\nDocker-Experimental: false\r\n"
        f"Ostype: linux\r\nServer: Docker/20.10.24 (linux)\r\n{length}\r\n"
    )
    if len(content) < 65536:
        connection.sendall(head.encode() + content)
    else:
        connection.sendall(head.encode())
        connection.sendall(content)
    return False
