"""Processes that are measured: each has a bound on its life, and is ended with the block that began it."""

import os
import signal
import subprocess
import tempfile
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")
LAST_WORDS = 10


class Ended(Exception):
    """A process that should have gone on has ended."""


class Process:
    def __init__(self, command, folder, life, environment=None, stdout=None):
        self.name = os.path.basename(command[0])
        output, self.log = tempfile.mkstemp(".log", dir=folder)
        with open(output, "wb") as output:
            self.popen = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=stdout or output,
                stderr=output,
                env={**os.environ, **(environment or {})},
            )
        self.bound = threading.Timer(life, self.popen.kill)
        self.bound.daemon = True
        self.bound.start()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        # Java removes its temporary files when it is asked to end, not when it is killed.
        self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(LAST_WORDS)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        self.bound.cancel()
        if self.popen.stdout:
            self.popen.stdout.close()

    def check(self):
        if self.popen.poll() is not None:
            with open(self.log, errors="replace") as log:
                raise Ended(f"{self.name} ended with {self.popen.returncode}: {log.read()[-2000:]}")

    def rss(self):
        self.check()
        return rss(self.popen.pid)

    def cpu(self):
        self.check()
        return cpu(self.popen.pid)


def run(command, patience=120, environment=None):
    """Runs a command to its end, and returns what it says."""
    result = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=patience,
        env={**os.environ, **(environment or {})},
        text=True,
    )
    if result.returncode != 0:
        raise Ended(f"{' '.join(command)}: {result.returncode}: {result.stdout}")
    return result.stdout


def rss(pid):
    """Resident memory in MB of 10^6 bytes."""
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
    raise Ended(f"process {pid} has no memory")


def cpu(pid):
    """CPU in ms of all its threads, those that have ended too, and of children that it has waited for."""
    # A process's CPU clock is known by its id (clock_getcpuclockid(3)), and finer than the ticks of /proc.
    own = time.clock_gettime_ns((~pid << 3) | 2) / 1e6
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return own + (int(fields[13]) + int(fields[14])) * 1000 / TICKS
