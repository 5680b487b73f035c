"""Measures watchdog beside what a user would run instead: bench.py [--quick] [ROW...]; started by src/bench/run."""

import argparse
import datetime
import os
import platform
import re
import shutil
import signal
import sys
import tempfile
import traceback
import zipfile
from dataclasses import dataclass

import idle
import loud
import memory
import restarts
import start
from client import Client
from process import run
from unit import ARCHIVE, Unit, make_archive

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
JAR = os.path.join(TOP, "target", "watchdog.jar")
UNIT = os.path.join(TOP, "src", "main", "systemd", "docker-watchdog.service")
RESULT = os.path.join(TOP, "target", "bench.md")
COMPARED = ["Sleeping", "Printing", "Asking", "Answering"]
TITLES = ["what", "watchdog", "compared with", "figure", "must reach", "reached"]

ROWS = {
    "crash": restarts.crash,
    "share": restarts.share,
    "many": restarts.many,
    "memory": memory.shipped,
    "memory-plain": memory.plain,
    "loud": loud.loud,
    "loud-memory": loud.loud_memory,
    "idle": idle.ten,
    "host": idle.big_host,
    "scale": memory.scale,
    "start": start.start,
    "size": start.size,
}


@dataclass
class Line:
    what: str
    watchdog: str
    compared: str
    figure: str
    target: str
    reached: str


class Bench:
    """What the rows measure with, and where they leave what they measured."""

    def __init__(self, folder, quick):
        self.folder = folder
        self.quick = quick
        self.jar = JAR
        home = os.environ.get("JAVA_HOME", "")
        self.java = os.path.join(home, "bin", "java") if home else shutil.which("java")
        self.socket = os.environ["DOCKER_HOST"].removeprefix("unix://")
        self.client = Client(self.socket)
        self.unit = Unit(UNIT, JAR, self.java, folder)
        run([self.java + "c", "-cp", JAR, "-d", folder, *(self.own(f"{name}.java") for name in COMPARED)])
        self.lines = []

    def asking(self, flags=()):
        """The command of a bare loop over junixsocket, from a jar, for only jars go into an archive."""
        jar = os.path.join(self.folder, "asking.jar")
        if not os.path.exists(jar):
            shutil.copy(self.jar, jar)
            with zipfile.ZipFile(jar, "a") as more:
                more.write(os.path.join(self.folder, "Asking.class"), "Asking.class")
        return [self.java, *flags, "-cp", jar, "Asking"]

    def asking_as_unit(self):
        """The same with the unit's flags, and a class-data archive of its own."""
        file = os.path.join(self.folder, "asking.jsa")
        if not os.path.exists(file):
            _, *program = self.asking()
            make_archive(self.java, file, program[1], program, self.folder)
        return self.asking([*self.unit.flags(), ARCHIVE + file, "-Xshare:auto", "-Xlog:disable"])

    def answering(self):
        """The command of a bare loop that starts what dies, and reads it."""
        return [self.java, "-cp", os.pathsep.join([self.folder, self.jar]), "Answering"]

    def own(self, file):
        return os.path.join(HERE, file)

    def engine_process(self):
        with open(os.path.join(os.environ["WATCHDOG_ENGINE_DIR"], "docker.pid")) as pid:
            return int(pid.read())

    def report(self, what, watchdog, compared, figure, target="", reached=None):
        """Takes a line of the table, and prints it."""
        line = Line(what, str(watchdog), str(compared), figure, target, {None: "", True: "yes", False: "NO"}[reached])
        self.lines.append(line)
        words = [line.watchdog, line.compared and f"beside {line.compared}", line.figure]
        words.append(line.target and f"must reach {line.target}: {line.reached}")
        print(f"{what}: {'; '.join(filter(None, words))}", flush=True)

    def note(self, text):
        print(f"  {text}", flush=True)


def load():
    return " ".join(f"{average:.2f}" for average in os.getloadavg())


def machine(bench, load_before):
    with open("/proc/cpuinfo") as cpuinfo:
        model = re.search(r"model name\s*: (.*)", cpuinfo.read())
    version = run([bench.java, "-version"])
    java = re.search(r"\(build ([^)]*)\)", version)
    return [
        f"Machine: {model.group(1) if model else platform.machine()}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.release()}",
        f"Date: {datetime.date.today()}{', few rounds (--quick)' if bench.quick else ''}",
        f"JDK: {java.group(1) if java else version.splitlines()[0]}",
        f"Engine: Docker {bench.client.version()}",
        f"Flags of the unit: {bench.unit.told()}",
        f"Load average: {load_before} at the start, {load()} at the end",
    ]


def table(lines):
    rows = [TITLES, ["---"] * len(TITLES)] + [list(vars(line).values()) for line in lines]
    return ["| " + " | ".join(row) + " |" for row in rows]


def arguments():
    parser = argparse.ArgumentParser(prog="src/bench/run", description="Rows: " + ", ".join(ROWS))
    parser.add_argument("--quick", action="store_true", help="few and short rounds")
    parser.add_argument("rows", metavar="ROW", nargs="*", help="only these rows")
    given = parser.parse_args()
    unknown = [row for row in given.rows if row not in ROWS]
    if unknown:
        parser.error(f"no such row: {', '.join(unknown)}")
    return given


def measure(bench, rows):
    """Returns the rows that could not be measured."""
    failed = []
    for row in rows:
        try:
            ROWS[row](bench)
        except Exception:
            failed.append(row)
            traceback.print_exc()
            print(f"{row}: could not be measured", flush=True)
    return failed


def main():
    # As an exception, so that all that was begun is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = arguments()
    load_before = load()
    with tempfile.TemporaryDirectory(prefix="watchdog-bench-") as folder:
        bench = Bench(folder, given.quick)
        failed = measure(bench, given.rows or ROWS)
        lines = table(bench.lines) + [""] + [f"- {line}" for line in machine(bench, load_before)]
    lines += [f"- **Could not be measured: {row}**" for row in failed]
    with open(RESULT, "w") as result:
        result.write("\n".join(lines) + "\n")
    print("\n" + "\n".join(lines))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
