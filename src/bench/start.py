"""Rows about the start and the size: start, size."""

import os
import subprocess
import time
import zipfile

from fake import FakeEngine
from figures import Figures
from process import Process

LIFE = 30
MOST_PLAIN = 12
MOST_UNIT = 7
MOST_MB = 6.5

PARTS = {
    "watchdog": ["watchdog/"],
    "jackson": ["tools/jackson/", "com/fasterxml/"],
    "junixsocket, native libraries": ["lib/"],
    "junixsocket, classes": ["org/newsclub/", "com/kohlschutter/"],
    "picocli": ["picocli/"],
    "slf4j": ["org/slf4j/"],
}


def until_request(bench, command, environment):
    """From exec to the first request on the socket, in ms."""
    with FakeEngine(bench.folder, ["c-0"]) as engine:
        begin = time.monotonic_ns()
        with Process([*command, "--list=c-0", f"--host={engine.path}"], bench.folder, LIFE, environment):
            return (engine.first_request.get(timeout=LIFE) - begin) / 1e6


def until_line(bench, flags, environment):
    """From exec to the line of a JVM that prints one, in ms."""
    begin = time.monotonic_ns()
    command = [bench.java, *flags, "-cp", bench.folder, "Printing"]
    with Process(command, bench.folder, LIFE, environment, stdout=subprocess.PIPE) as printing:
        if not printing.popen.stdout.readline():
            printing.check()
        return (time.monotonic_ns() - begin) / 1e6


def start(bench):
    """
    Plain, and as the unit starts it, each beside a JVM with the same flags that prints one line, and one that does nothing
    but ask.
    """
    unit = bench.unit
    sides = {
        "plain": lambda: until_request(bench, [bench.java, "-jar", bench.jar], {}),
        "plain line": lambda: until_line(bench, [], {}),
        "plain asking": lambda: until_request(bench, bench.asking(), {}),
        "unit asking": lambda: until_request(bench, bench.asking_as_unit(), unit.environment),
        "unit": lambda: until_request(bench, unit.command(), unit.environment),
        "unit line": lambda: until_line(bench, unit.flags(), unit.environment),
    }
    times = {side: [] for side in sides}
    for _ in range(5 if bench.quick else 20):
        for side, measure in sides.items():
            times[side].append(measure())
    as_unit = f"start as the unit does, {'with its' if unit.has_archive() else 'which has no'} class-data archive"
    for side, what, most in ("plain", "start, plain `java -jar`", MOST_PLAIN), ("unit", as_unit, MOST_UNIT):
        watchdog, line, asking = (Figures(times[side + other]) for other in ("", " line", " asking"))
        ratio = watchdog.median / line.median
        least = asking.median / line.median
        beside = f"a JVM that prints one line {line}, a bare loop over junixsocket {asking}, which is {least:.2f} ×"
        bench.report(what, watchdog, beside, f"{ratio:.2f} ×", f"≤ {most} ×", ratio <= most)


def size(bench):
    """The jar, and what each dependency weighs in it, compressed."""
    weights = dict.fromkeys([*PARTS, "the rest"], 0)
    with zipfile.ZipFile(bench.jar) as jar:
        for entry in jar.infolist():
            weights[part(entry.filename)] += entry.compress_size
    weight = os.path.getsize(bench.jar) / 1e6
    told = ", ".join(f"{name} {part / 1e6:.2f}" for name, part in weights.items())
    total = f"{weight:.2f} MB"
    bench.report("size of the jar", f"{total}: {told}", "", total, f"≤ {MOST_MB} MB", weight <= MOST_MB)


def part(name):
    for part, beginnings in PARTS.items():
        if name.startswith(tuple(beginnings)):
            return part
    return "the rest"
