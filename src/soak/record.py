"""What is recorded while it runs, each in a file of its own: the engine's events, what was done, watchdog's resources."""

import json
import os
import threading
import time
import urllib.parse

from client import Client, head

EVENTS = "events.jsonl"
NOTES = "notes.jsonl"
RESOURCES = "resources.tsv"
ACTIONS = ["create", "start", "die", "kill", "stop", "oom", "pause", "unpause", "destroy", "restart"]
# Events of the engine are not told strictly in the order of their time.
OVERLAP = 5


class Notes:
    def __init__(self, folder):
        self.file = open(os.path.join(folder, NOTES), "w", buffering=1)
        self.lock = threading.Lock()

    def add(self, what, **more):
        """Notes that it is done now; `begin` is when it was begun."""
        line = json.dumps({"what": what, "end": time.time(), **more})
        with self.lock:
            self.file.write(line + "\n")


class Events:
    """Records what the engine tells, and asks again for what was told while nobody listened."""

    def __init__(self, path, folder, over):
        self.path = path
        self.file = open(os.path.join(folder, EVENTS), "w", buffering=1)
        self.over = over
        self.since = time.time()
        self.known = {}
        # How often the events have ended.
        self.broken = 0
        self.reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self):
        self.reader.start()
        return self

    def __exit__(self, *_):
        self.file.flush()

    def _read(self):
        while True:
            try:
                self._subscribe()
            except (OSError, ValueError):
                pass
            self.broken += 1
            time.sleep(0.2)

    def _subscribe(self):
        filters = json.dumps({"type": ["container"], "event": ACTIONS})
        query = urllib.parse.urlencode({"filters": filters, "since": f"{self.since - OVERLAP:.9f}"})
        connection = Client(self.path).connect()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(head("GET", f"/events?{query}", b""))
            while lines.readline().strip():
                pass
            connection.settimeout(None)
            for line in lines:
                if line.strip():
                    self._add(json.loads(line))

    def _add(self, event):
        at = event["timeNano"] / 1e9
        key = event["timeNano"], event["Actor"]["ID"], event["Action"]
        if key in self.known:
            return
        self.known[key] = None
        if len(self.known) > 20_000:
            del self.known[next(iter(self.known))]
        self.since = max(self.since, at)
        attributes = event["Actor"]["Attributes"]
        told = {name: attributes[name] for name in ("exitCode", "signal") if name in attributes}
        line = {"at": at, "action": event["Action"], "id": event["Actor"]["ID"], "name": attributes.get("name"), **told}
        self.file.write(json.dumps(line) + "\n")


class Resources:
    """Memory in MB of 10^6 bytes, descriptors and threads of a process."""

    TITLES = ["time", "Pss", "RSS", "descriptors", "threads"]

    def __init__(self, pid, folder):
        self.pid = pid
        self.file = open(os.path.join(folder, RESOURCES), "w", buffering=1)
        self.file.write("\t".join(self.TITLES) + "\n")

    def sample(self):
        pss = self._kilobytes("smaps_rollup", "Pss:")
        rss = self._kilobytes("status", "VmRSS:")
        descriptors = len(os.listdir(f"/proc/{self.pid}/fd"))
        threads = len(os.listdir(f"/proc/{self.pid}/task"))
        self.file.write(f"{time.strftime('%H:%M:%S')}\t{pss:.1f}\t{rss:.1f}\t{descriptors}\t{threads}\n")

    def _kilobytes(self, file, name):
        with open(f"/proc/{self.pid}/{file}") as lines:
            return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(name))
