"""Rows about restarts: crash, share, many."""

import os
import signal
import sys
import threading
import time

from client import each
from fake import FakeEngine
from figures import Figures, short
from process import Process

CRASHED = signal.SIGKILL
# Docker forgets its back-off after 10 s of running; watchdog is told to do so as well.
FRESH = 12
FORGETS = "--reset-after=10s"
PARALLEL = 8


def kill(client, container):
    """Has the container crash, and returns when, in ns since the epoch."""
    process = client.state(container)["Pid"]
    moment = time.time_ns()
    os.kill(process, CRASHED)
    return moment


def crash(bench):
    """Crash to running: one container under watchdog, one under Docker's own policy, one under the bare loop."""
    client = bench.client
    containers = {}
    times = {"watchdog": [], "docker": [], "loop": []}
    try:
        for side in times:
            policy = "always" if side == "docker" else "no"
            containers[side] = client.create(f"crash-{side}", policy)
            client.start(containers[side])
        watchdog = bench.unit.command("--list=crash-watchdog", FORGETS, f"--host={bench.socket}")
        loop = [sys.executable, bench.own("loop.py"), bench.socket, containers["loop"]]
        with Process(watchdog, bench.folder, 1800, bench.unit.environment), Process(loop, bench.folder, 1800):
            for n in range(6 if bench.quick else 20):
                time.sleep(FRESH)
                # Whoever is first comes to an engine that has slept.
                for side, container in rotated(list(containers.items()), n):
                    moment = kill(client, container)
                    # Nothing is asked of the engine while it starts.
                    time.sleep(1)
                    times[side].append((client.started_since(container, moment) - moment) / 1e6)
    finally:
        each(client.remove, containers.values(), PARALLEL)
    watchdog, docker, loop = (Figures(samples) for samples in times.values())
    for name, beside, most in ("`--restart=always`", docker, 0.70), ("a bare loop in Python", loop, 1.05):
        ratio = watchdog.median / beside.median
        beside = f"{name} {beside}"
        bench.report("crash to running", watchdog, beside, f"{ratio:.2f} ×", f"≤ {most:.2f} ×", ratio <= most)


def rotated(items, n):
    n %= len(items)
    return items[n:] + items[:n]


def share(bench):
    """Watchdog's own share of a restart: from the event to the arrival of the POST at a fake engine."""
    names = [f"c-{n}" for n in range(50 if bench.quick else 300)]
    with FakeEngine(bench.folder, names) as engine, watching(bench, engine, "c-*"):
        samples = [paused_share(engine, id) for id in engine.containers]
    rest = Figures(samples[1:])
    what = "watchdog's own share"
    usual = rest.median
    bench.report(f"{what}, median of {len(rest.samples)}", rest, "", f"{short(usual)} ms", "≤ 3 ms", usual <= 3)
    late = rest.percentile(99)
    bench.report(f"{what}, 99th percentile", f"{short(late)} ms", "", f"{short(late)} ms", "≤ 15 ms", late <= 15)
    first = Figures([first_share(bench) for _ in range(3 if bench.quick else 10)])
    told = f"{first}, worst {short(first.worst)} ms"
    what = f"{what}, first restart of {len(first.samples)} fresh processes"
    bench.report(what, told, "", f"{short(first.median)} ms", "≤ 40 ms", first.median <= 40)


def watching(bench, engine, names):
    """A watchdog that has seen all there is."""
    command = bench.unit.command(f"--list={names}", f"--host={engine.path}")
    process = Process(command, bench.folder, 600, bench.unit.environment)
    try:
        engine.wait_until_looked_at(30, check=process.check)
        time.sleep(2)
        return process
    except BaseException:
        process.__exit__()
        raise


def paused_share(engine, id):
    time.sleep(0.1)
    return engine.share(id)


def first_share(bench):
    with FakeEngine(bench.folder, ["c-0"]) as engine, watching(bench, engine, "c-0"):
        return engine.share(next(iter(engine.containers)))


def many(bench):
    """Many at once: those under watchdog, and those that are started by as many clients at a time."""
    client = bench.client
    count = 50
    sides = {side: [f"many-{side}-{n}" for n in range(count)] for side in ("watchdog", "direct")}
    times = {side: [] for side in sides}
    whole = {side: [] for side in sides}
    names = sum(sides.values(), [])
    command = bench.unit.command("--list=many-watchdog-*", FORGETS, f"--host={bench.socket}")
    created = {}
    try:
        for name in names:
            created[name] = client.create(name)
        each(client.start, created.values(), PARALLEL)
        with Process(command, bench.folder, 1800, bench.unit.environment) as watchdog:
            for n in range(1 if bench.quick else 3):
                for side in rotated(list(sides), n):
                    time.sleep(FRESH)
                    ids = [created[name] for name in sides[side]]
                    killed, begun, up = kill_together(client, ids, direct=side == "direct")
                    times[side].append((up - begun) / 1e9)
                    whole[side].append((up - killed) / 1e9)
            watchdog.check()
    finally:
        each(client.remove, created.values(), PARALLEL)
    watchdog, direct = (Figures(samples, "s") for samples in times.values())
    ratio = watchdog.median / direct.median
    what = f"many at once: {count} killed together, from the last `die` until all run"
    beside = f"{PARALLEL} clients that start them {direct}"
    bench.report(what, watchdog, beside, f"{ratio:.2f} ×", "≤ 1.05 ×", ratio <= 1.05)
    watchdog, direct = (Figures(samples, "s") for samples in whole.values())
    ratio = watchdog.median / direct.median
    beside = f"the same clients, which wait for the last `die` {direct}"
    bench.report("the same, from the first kill", watchdog, beside, f"{ratio:.2f} ×")


def kill_together(client, ids, direct):
    """Returns when they were killed, when their start could begin, and when the last was up, in ns since the epoch."""
    deaths = Deaths(client, ids)
    processes = each(lambda id: client.state(id)["Pid"], ids, PARALLEL)
    killed = time.time_ns()
    for process in processes:
        os.kill(process, CRASHED)
    begun = deaths.last()
    if direct:
        begun = time.time_ns()
        each(client.start, ids, PARALLEL)
    else:
        # Nothing is asked of the engine while it starts.
        time.sleep(len(ids) * 0.3)
    return killed, begun, max(client.started_since(id, killed) for id in ids)


class Deaths:
    """Waits until each of some containers has died."""

    def __init__(self, client, ids):
        self.missing = set(ids)
        self.moment = 0
        self.events = client.events()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for event in self.events:
            if event["Action"] == "die":
                self.missing.discard(event["Actor"]["ID"])
                self.moment = event["timeNano"]
            if not self.missing:
                return

    def last(self):
        """When the last of them died, by the engine."""
        self.reader.join(60)
        self.events.close()
        if self.missing:
            raise TimeoutError(f"{len(self.missing)} did not die")
        return self.moment
