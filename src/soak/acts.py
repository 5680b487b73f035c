"""What happens to the containers and the engine: crashes, acts of an operator, outages."""

import os
import random
import signal
import subprocess
import time

from client import EngineError
from process import run

HERE = os.path.dirname(os.path.abspath(__file__))
ENGINE = os.path.join(os.path.dirname(HERE), "scripts", "engine")
HOLD = 20
PATIENCE = 700
MOST_STOPPED = 8
# What an engine says to an operator who comes too late; nobody's fault.
TOO_LATE = ["is not running", "is already paused", "is not paused", "is paused"]


def pause(over, mean):
    over.wait(random.expovariate(1 / mean))


class Crashes:
    """Kills processes of containers from the host."""

    def __init__(self, fleet, notes, every):
        self.fleet = fleet
        self.notes = notes
        self.every = every

    def step(self, over):
        pause(over, self.every)
        member = self.fleet.any(["steady", "no", "exits"])
        try:
            process = self.fleet.client.state(member.id)["Pid"]
            with open(f"/proc/{process}/cgroup") as groups:
                is_its = process > 0 and member.id in groups.read()
        except (OSError, EngineError):
            # The engine is down, or the container is just being removed.
            return
        if is_its:
            at = time.time()
            os.kill(process, signal.SIGKILL)
            self.notes.add("crash", name=member.name, id=member.id, begin=at)


class Operator:
    """Somebody who works with the containers, as `docker` does it, and now and then with watchdog."""

    def __init__(self, fleet, notes, unit, every):
        self.fleet = fleet
        self.client = fleet.client
        self.notes = notes
        self.unit = unit
        self.every = every
        self.acts = {
            self.stop: 20,
            self.start: 18,
            self.restart: 18,
            self.kill: 8,
            self.hup: 4,
            self.pause: 8,
            self.anew: 10,
            self.hold: 8,
            self.hold_by_command: 1,
            self.status: 3,
        }

    def step(self, over):
        pause(over, self.every)
        act = random.choices(list(self.acts), list(self.acts.values()))[0]
        is_stopped = act == self.start or self.fleet.stopped() > MOST_STOPPED
        if is_stopped:
            act = self.start
        member = self.fleet.any(["steady", "exits"], is_stopped)
        if member is None:
            return
        begin, id, problem = time.time(), member.id, None
        try:
            act(member)
        except Exception as failure:
            problem = str(failure)
        is_late = problem is not None and any(words in problem for words in TOO_LATE)
        name = act.__name__.removesuffix("_by_command")
        self.notes.add(name, name=member.name, id=id, begin=begin, problem=problem, late=is_late)

    def post(self, member, what):
        self.client.request("POST", f"/containers/{member.id}/{what}")

    # Before the act: who stops it has it down, whatever becomes of the answer.
    def stop(self, member):
        member.is_stopped = True
        self.post(member, "stop?t=5")

    def kill(self, member):
        member.is_stopped = True
        self.post(member, "kill")

    def start(self, member):
        self.post(member, "start")
        member.is_stopped = False

    def restart(self, member):
        self.post(member, "restart?t=5")

    def hup(self, member):
        self.post(member, "kill?signal=HUP")

    def pause(self, member):
        self.post(member, "pause")
        time.sleep(random.uniform(0.5, 4))
        self.post(member, "unpause")

    def anew(self, member):
        """As `docker rm -f` and `docker run`."""
        self.client.remove(member.id)
        self.fleet.run(member)

    def hold(self, member):
        with open(os.path.join(self.unit.places["$RUNTIME_DIRECTORY"], "hold", member.name), "w") as hold:
            hold.write(f"{HOLD}s")

    def hold_by_command(self, member):
        self.command("hold", member.name, f"--for={HOLD}s")

    def status(self, _):
        self.command("status", mays=[0, 3])

    def command(self, *words, mays=(0,)):
        command = [self.unit.java, *self.unit.flags(), "-jar", self.unit.jar, *words]
        environment = {**os.environ, **self.unit.environment}
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
        if done.returncode not in mays:
            raise ValueError(f"{' '.join(words)}: {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}")


class Outages:
    """Shuts the engine down or kills it, and has it come back after a while."""

    def __init__(self, fleet, notes, every):
        self.fleet = fleet
        self.notes = notes
        self.every = every
        self.signal = random.choice(["TERM", "KILL"])

    def step(self, over):
        if over.wait(self.every * random.uniform(0.67, 1.33)):
            return
        self.signal = "KILL" if self.signal == "TERM" else "TERM"
        begin = time.time()
        run([ENGINE, "stop", self.signal], PATIENCE)
        # Half of them are over before watchdog lists again.
        time.sleep(random.choice([0, random.uniform(1, 60)]))
        run([ENGINE, "up"], PATIENCE)
        self.notes.add("outage", how=self.signal, begin=begin)
        self.fleet.inspect_all(self.notes)
