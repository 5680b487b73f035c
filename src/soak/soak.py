"""Has watchdog run for hours beside a busy engine, records all that happens, and judges it; started by src/scripts/soak."""

import argparse
import contextlib
import os
import re
import shutil
import signal
import socket
import sys
import threading
import time

import audience
import judge
from acts import PATIENCE, Crashes, Operator, Outages
from client import Client
from fleet import Fleet
from process import Process
from record import NOTES, Events, Notes, Resources
from unit import Unit

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
UNIT = os.path.join(TOP, "src", "main", "systemd", "docker-watchdog.service")
JAR = os.path.join(TOP, "target", "watchdog.jar")
UNITS = {"s": 1, "m": 60, "h": 3600}
FIRST_LISTING = 30


def seconds(text):
    match = re.fullmatch(r"(\d+)([smh])", text)
    if not match:
        raise argparse.ArgumentTypeError(f"a duration is like 90s, 15m or 2h: {text}")
    return int(match[1]) * UNITS[match[2]]


def arguments():
    parser = argparse.ArgumentParser(prog="src/scripts/soak")
    parser.add_argument("--duration", type=seconds, default="2h")
    parser.add_argument("--containers", type=int, default=110)
    parser.add_argument("--every", type=seconds, default="4s", help="time between two crashes or acts, on average")
    parser.add_argument("--outages", type=seconds, default="15m", help="time between two outages, about")
    parser.add_argument("--folder", default=os.path.join(TOP, "target", "soak"))
    parser.add_argument("--judge", metavar="FOLDER")
    given = parser.parse_args()
    if given.containers < 40:
        parser.error("at least 40 containers, for there are several of each kind")
    if os.path.exists(given.folder) and os.listdir(given.folder) and not os.path.exists(os.path.join(given.folder, NOTES)):
        parser.error(f"this folder is not a soak's, it stays untouched: {given.folder}")
    return given


def watchdog(unit, client, folder, port, options):
    """The service as the unit runs it, which says as JSON what it does."""
    command = unit.command(
        "--list=soak-*",
        f"--host=unix://{client.path}",
        "--policy=unless-stopped",
        f"--settle={judge.SETTLE}s",
        f"--backoff=1s..{judge.MOST_BACKOFF}s",
        "--log-format=json",
        "--notify=all",
        f"--http=127.0.0.1:{port}",
        *options,
    )
    with open(os.path.join(folder, judge.LOG), "wb") as log:
        return Process(command, folder, 24 * 3600, unit.environment, stdout=log)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def soak(given):
    shutil.rmtree(given.folder, ignore_errors=True)
    os.makedirs(given.folder)
    home = os.environ.get("JAVA_HOME", "")
    java = os.path.join(home, "bin", "java") if home else shutil.which("java")
    client = Client(os.environ["DOCKER_HOST"].removeprefix("unix://"))
    # It runs a copy of the jar, so that a build meanwhile does no harm.
    unit = Unit(UNIT, JAR, java, given.folder)
    notes = Notes(given.folder)
    fleet = Fleet(client, given.containers)
    over = threading.Event()
    port = free_port()
    with contextlib.ExitStack() as stack:
        events = stack.enter_context(Events(client.path, given.folder, over))
        say(f"{given.containers} containers")
        fleet.create()
        receiver = stack.enter_context(audience.receiver())
        process = stack.enter_context(watchdog(unit, client, given.folder, port, [f"--webhook={receiver.url}"]))
        time.sleep(FIRST_LISTING)
        process.check()
        say(f"watchdog is process {process.popen.pid}, the engine {client.version()}, the records in {given.folder}")
        notes.add("begin", process=process.popen.pid)
        resources = Resources(process.popen.pid, given.folder)
        resources.sample()
        reader = audience.Reader(port, notes)
        workers = [
            Crashes(fleet, notes, given.every * 2),
            Operator(fleet, notes, unit, given.every * 2),
            Outages(fleet, notes, min(given.outages, given.duration / 2)),
        ]
        threads = [threading.Thread(target=run, args=(worker, over, notes), daemon=True) for worker in [*workers, reader]]
        for thread in threads:
            thread.start()
        wait(given.duration, process, resources)
        over.set()
        for thread in threads:
            thread.join(PATIENCE)
        peace = judge.peace(given.containers)
        say(f"{peace:.0f} s of peace")
        wait(peace, process, resources)
        fleet.inspect_all(notes)
        notes.add("end", messages=receiver.messages, refused=receiver.refused, read=reader.answers, missed=events.broken)
    return judge.judge(given.folder)


def wait(duration, process, resources):
    """Looks at the resources of watchdog each minute; if it has ended, that is an error."""
    end = time.monotonic() + duration
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, 60))
        process.check()
        resources.sample()


def run(worker, over, notes):
    """Has a worker at work until all is over; what it cannot do does not end it."""
    while not over.is_set():
        try:
            worker.step(over)
        except Exception as problem:
            notes.add("problem", worker=type(worker).__name__, problem=repr(problem))
            over.wait(1)


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def main():
    # As an exception, so that all that was begun is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = arguments()
    return judge.judge(given.judge) if given.judge else soak(given)


if __name__ == "__main__":
    sys.exit(main())
