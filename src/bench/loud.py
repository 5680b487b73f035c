"""Rows about a watchdog that tells all by page, metrics and two webhooks, beside one that does not: loud, loud-memory."""

import contextlib
import http.server
import os
import socket
import threading
import time
import urllib.request

import memory
from client import each
from figures import Figures
from process import Process, run
from restarts import FORGETS, FRESH, PARALLEL, kill, kill_together, rotated

LOUD, QUIET = "loud", "quiet"


class Receiver(http.server.BaseHTTPRequestHandler):
    """A webhook that takes all."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        self.server.count += 1

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def audience(bench):
    """The options of a loud watchdog: one webhook takes all, one hangs; and somebody who reads page and metrics each second."""
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server,
        socket.create_server(("127.0.0.1", 0)) as hanging,
    ):
        server.count = 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = free_port()
        options = [
            "--notify=all",
            f"--webhook=http://127.0.0.1:{server.server_port}/",
            f"--webhook=http://127.0.0.1:{hanging.getsockname()[1]}/",
        ]
        over = threading.Event()
        if "--http=" in run([bench.java, "-jar", bench.jar, "--help"]):
            options.append(f"--http=127.0.0.1:{port}")
            threading.Thread(target=read, args=(port, over), daemon=True).start()
        else:
            bench.note("this watchdog has no --http, so nobody reads its page and metrics")
        try:
            yield options
        finally:
            over.set()
            server.shutdown()
        if server.count == 0:
            raise ValueError("no webhook was told anything")
        bench.note(f"the webhook was sent {server.count} messages")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def read(port, over):
    while not over.wait(1):
        for path in "/", "/metrics":
            # It may not be there yet.
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).read()


def apart(bench, command):
    """The same command with folders of its own, for there are two at a time."""
    folders = []
    for name in "STATE_DIRECTORY", "RUNTIME_DIRECTORY":
        folder = os.path.join(bench.folder, "quiet", name)
        os.makedirs(folder, exist_ok=True)
        folders.append(f"{name}={folder}")
    return ["env", *folders, *command]


def pair(bench, options, listed, *arguments):
    """The commands of a loud and of a quiet watchdog, each of which watches its own."""
    return {
        LOUD: bench.unit.command(f"--list={listed.format(LOUD)}", *arguments, *options),
        QUIET: apart(bench, bench.unit.command(f"--list={listed.format(QUIET)}", *arguments)),
    }


def loud(bench):
    crash(bench)
    many(bench)


def crash(bench):
    client = bench.client
    times = {side: [] for side in (LOUD, QUIET)}
    containers = {}
    try:
        for side in times:
            containers[side] = client.create(f"crash-{side}")
            client.start(containers[side])
        with audience(bench) as options, contextlib.ExitStack() as processes:
            for command in pair(bench, options, "crash-{}", FORGETS, f"--host={bench.socket}").values():
                processes.enter_context(Process(command, bench.folder, 1800, bench.unit.environment))
            for n in range(6 if bench.quick else 20):
                time.sleep(FRESH)
                for side, container in rotated(list(containers.items()), n):
                    moment = kill(client, container)
                    # Nothing is asked of the engine while it starts.
                    time.sleep(1)
                    times[side].append((client.started_since(container, moment) - moment) / 1e6)
    finally:
        each(client.remove, containers.values(), PARALLEL)
    report(bench, "crash to running, with page, metrics and two webhooks, one of which hangs", times, "ms")


def many(bench):
    client = bench.client
    count = 50
    sides = {side: [f"many-{side}-{n}" for n in range(count)] for side in (LOUD, QUIET)}
    times = {side: [] for side in sides}
    created = {}
    try:
        for name in sum(sides.values(), []):
            created[name] = client.create(name)
        each(client.start, created.values(), PARALLEL)
        with audience(bench) as options, contextlib.ExitStack() as processes:
            for command in pair(bench, options, "many-{}-*", FORGETS, f"--host={bench.socket}").values():
                processes.enter_context(Process(command, bench.folder, 1800, bench.unit.environment))
            for n in range(1 if bench.quick else 3):
                for side in rotated(list(sides), n):
                    time.sleep(FRESH)
                    _, begun, up = kill_together(client, [created[name] for name in sides[side]], direct=False)
                    times[side].append((up - begun) / 1e9)
    finally:
        each(client.remove, created.values(), PARALLEL)
    report(bench, f"many at once, the same: {count} killed together, from the last `die` until all run", times, "s")


def report(bench, what, times, unit):
    loud, quiet = Figures(times[LOUD], unit), Figures(times[QUIET], unit)
    ratio = loud.median / quiet.median
    bench.report(what, loud, f"without them {quiet}", f"{ratio:.2f} ×", "≤ 1.05 ×", ratio <= 1.05)


def loud_memory(bench):
    with audience(bench) as options:

        def command(*arguments):
            return bench.unit.command(*arguments, *options)

        quiet = memory.BareLoop("without them", apart(bench, bench.unit.command("--list=c-*")), starts=True)
        what = "memory, with page, metrics and two webhooks, one of which hangs"
        samples = memory.grown(bench, what, command, quiet, bench.unit.flags(), bench.unit.environment)
    loud, _, quiet = samples
    end = f"{loud[-1]:.1f} MB"
    bench.report(f"{what}, at the end", end, f"without them {quiet[-1]:.1f} MB", f"{loud[-1] - quiet[-1]:+.1f} MB")
    memory.report_growth(bench, what, loud)
