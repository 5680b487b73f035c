"""The containers that are watched, and what is so with them as far as their operator knows."""

import json
import random

from client import Client, EngineError, each, nanoseconds

STEADY = 'trap "exit 143" TERM; while :; do sleep 3600 & wait $!; done'
AT_LEAST_5_MINUTES = "sleep $((300 + $(od -An -N2 -tu2 /dev/urandom) % 600))"
PARALLEL = 4
# So many of each kind, and all others are steady.
KINDS = [
    ("loops", 1, "exit 4", {}),
    ("loops", 1, "sleep 2; exit 1", {}),
    ("no", 2, STEADY, {"watchdog.policy": "no"}),
    ("done", 2, f"{AT_LEAST_5_MINUTES}; exit 0", {"watchdog.policy": "on-failure"}),
    ("exits", 12, f"{AT_LEAST_5_MINUTES}; exit 1", {}),
]


class Member:
    def __init__(self, name, kind, script, labels):
        self.name = name
        self.kind = kind
        self.script = script
        self.labels = labels
        self.id = None
        # By its operator, who has it down.
        self.is_stopped = False


class Fleet:
    def __init__(self, client, count):
        self.client = client
        kinds = [kind for kind in KINDS for _ in range(kind[1])]
        kinds += [("steady", 1, STEADY, {})] * (count - len(kinds))
        self.members = [Member(f"soak-{n}", kind, script, labels) for n, (kind, _, script, labels) in enumerate(kinds)]

    def create(self):
        each(self.run, self.members, PARALLEL)

    def run(self, member):
        """As `docker run -d`."""
        configuration = {
            "Image": "busybox:local",
            "Cmd": ["sh", "-c", member.script],
            "Labels": member.labels,
            # Without a network of its own, which costs the engine a third of a start.
            "HostConfig": {"NetworkMode": "host", "RestartPolicy": {"Name": "no"}},
        }
        answer = self.client.request("POST", f"/containers/create?name={member.name}", configuration)
        member.id = json.loads(answer)["Id"]
        self.client.start(member.id)
        member.is_stopped = False

    def any(self, kinds, is_stopped=False):
        """Any of these kinds, or None."""
        fitting = [member for member in self.members if member.kind in kinds and member.is_stopped == is_stopped]
        return random.choice(fitting) if fitting else None

    def stopped(self):
        return sum(member.is_stopped for member in self.members)

    def inspect_all(self, notes):
        """Notes how each is found."""
        patient = Client(self.client.path, timeout=120)

        def inspect(member):
            id = member.id
            try:
                state = patient.state(id)
            except EngineError as problem:
                notes.add("not-found", name=member.name, id=id, problem=str(problem))
                return
            notes.add(
                "found",
                name=member.name,
                id=id,
                state=state["Status"],
                started=nanoseconds(state["StartedAt"]) / 1e9,
                finished=nanoseconds(state["FinishedAt"]) / 1e9,
            )

        each(inspect, self.members, PARALLEL)
