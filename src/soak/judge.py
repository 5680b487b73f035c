"""Whether anything was lost: each death that the engine tells has a start in time, or a reason in watchdog's log."""

import collections
import json
import os
import re
from datetime import datetime

from record import EVENTS, NOTES, RESOURCES

LOG = "watchdog.log"
SETTLE = 5
MOST_BACKOFF = 60
# What the machine may take beside what watchdog's rules allow, for one container and after an outage for each.
SLACK = 20
START_TAKES = 2
JITTER = 1.1
# The engine tells that something is up or down a moment before or after it is so.
MOMENT = 2
STOPS, STARTS = {"stop", "kill"}, {"start", "restart", "anew"}
HUP = "1"
HOLD = 20
TWICE = 30
REFUSED = "the engine refuses to start it"
NOT_A_REASON = re.compile("stopped|held|hold")


def recovery(count):
    return count * START_TAKES + SETTLE + SLACK


def peace(count):
    """How long nothing may happen at the end, until all must be as the rules have it."""
    return max(recovery(count), MOST_BACKOFF * JITTER + SETTLE + SLACK)


def read(folder, file):
    with open(os.path.join(folder, file), errors="replace") as lines:
        for line in lines:
            try:
                yield json.loads(line)
            except ValueError:
                yield {"what": "not-json", "text": line.strip()}


class Record:
    """All that was recorded, by container."""

    def __init__(self, folder):
        self.notes = list(read(folder, NOTES))
        self.events = collections.defaultdict(list)
        for event in sorted(read(folder, EVENTS), key=lambda event: event["at"]):
            self.events[event["id"]].append(event)
        self.log = list(read(folder, LOG))
        self.reasons = collections.defaultdict(list)
        for line in self.log:
            # A start that the engine refuses again and again is told once.
            if line.get("what") in ("leave", "give-up", "failed"):
                why = REFUSED if line["what"] == "failed" else line["why"]
                self.reasons[line["id"]].append((datetime.fromisoformat(line["time"]).timestamp(), why))
        self.names = {event["id"]: event["name"] for told in self.events.values() for event in told}
        self.count = len(set(self.names.values()))
        self.outages = [(note["begin"], note["end"]) for note in self.of("outage")]
        self.holds = collections.defaultdict(list)
        for note in self.of("hold"):
            self.holds[note["name"]].append((note["begin"], note["end"] + HOLD))
        self.acts = collections.defaultdict(list)
        for note in self.of(*STOPS, *STARTS):
            self.acts[note["name"]].append(note)
        self.begin = next(self.of("begin"))["end"]
        self.end = max(note["end"] for note in self.notes)

    def of(self, *kinds):
        return (note for note in self.notes if note["what"] in kinds)

    def is_near_outage(self, moment, before=MOMENT, after=MOMENT):
        return any(begin - before <= moment <= end + after for begin, end in self.outages)


class Judge:
    def __init__(self, record):
        self.record = record
        self.violations = []
        self.counts = collections.Counter()
        self.delays = []

    def violation(self, moment, text):
        self.violations.append(f"{datetime.fromtimestamp(moment):%H:%M:%S}.{int(moment % 1 * 1000):03} {text}")

    def all(self):
        for id, events in self.record.events.items():
            self.deaths(id, events)
        for note in self.record.of("found"):
            self.found(note)
        for note in self.record.of("crash"):
            self.crash_is_told(note)
        for note in self.record.of("not-found", "problem"):
            if not self.record.is_near_outage(note["end"], 10, 30):
                self.violation(note["end"], f"{note}")
        for note in self.record.notes:
            if note.get("problem") and "begin" in note and not note["late"]:
                self.failed(note)
        self.unread()
        for line in self.record.log:
            if line.get("what") in ("own-fault", "not-json"):
                self.violation(self.record.end, f"the log says: {line}")
        self.violations.sort()

    def failed(self, act):
        """An operator's act has failed: watchdog may not be the reason, but the engine may."""
        if any(self.record.is_near_outage(moment, 10) for moment in (act["begin"], act["end"])):
            return
        if any(why == REFUSED for _, why in self.record.reasons[act["id"]]):
            self.counts["acts of an operator that the engine refuses, too"] += 1
        else:
            self.violation(act["begin"], f"{act['name']}: {act['what']} has failed: {act['problem']}")

    def unread(self):
        """A request has a second to come in, which on a busy machine may not be enough: so twice in a row counts."""
        last = {}
        for note in self.record.of("unread"):
            path, at = note["path"], note["end"]
            if at - last.get(path, 0) < TWICE:
                self.violation(at, f"{path} was not answered twice in a row: {note['problem']}")
            last[path] = at
            self.counts["requests that were not answered"] += 1

    def deaths(self, id, events):
        started = 0
        killed = None
        for n, event in enumerate(events):
            after = events[n + 1 :]
            match event["action"]:
                case "start":
                    started, killed = event["at"], None
                case "kill":
                    killed = event
                case "die":
                    self.death(id, event["at"], started, killed, after)

    def death(self, id, at, started, killed, after):
        name = self.record.names[id]
        if self.record.is_near_outage(at):
            if self.acted(name, at, 5):
                self.counts["in doubt: an operator's act during an outage"] += 1
            elif killed and not self.record.is_near_outage(killed["at"]):
                self.counts["operator's"] += 1
            else:
                self.must_start("with the engine", id, at, started, after)
        elif killed is None:
            self.must_start("crash", id, at, started, after)
        elif killed.get("signal") == HUP and at - killed["at"] < 5:
            self.counts["in doubt: SIGHUP just before"] += 1
        elif killed.get("signal") == HUP:
            self.must_start("crash", id, at, started, after)
        else:
            self.counts["operator's"] += 1
            self.must_stay_down(id, name, at, after)

    def acted(self, name, at, around):
        return [act for act in self.record.acts[name] if act["begin"] - around <= at <= act["end"] + around]

    def must_stay_down(self, id, name, at, after):
        """What an operator has stopped is nobody else's to start."""
        start = first(after, "start")
        acts = self.acted(name, at, 1)
        if start is None or not acts or any(act["what"] not in STOPS for act in acts):
            return
        if self.record.is_near_outage(at, 10):
            self.counts["in doubt: an operator's stop just before an outage"] += 1
        elif not any(act["what"] in STARTS and at < act["end"] and act["begin"] < start for act in self.record.acts[name]):
            self.violation(start, f"{name} ({id[:12]}): started, though an operator had stopped it at {clock(at)}")

    def must_start(self, cause, id, at, started, after):
        name = self.record.names[id]
        if at < self.record.begin:
            return
        self.counts[cause] += 1
        deadline = self.deadline(name, at, started)
        start, removed = first(after, "start"), first(after, "destroy")
        if start is not None and start <= deadline:
            if deadline == at + SETTLE + SLACK and cause == "crash":
                self.delays.append(start - at)
            return
        if removed is not None and removed <= deadline:
            self.counts["removed before it was started"] += 1
            return
        reasons = [why for moment, why in self.record.reasons[id] if at - MOMENT <= moment <= deadline]
        reasons = [why for why in reasons if not NOT_A_REASON.search(why)]
        if reasons:
            self.counts[f"left alone: {reasons[-1]}"] += 1
        elif start is None and deadline > self.record.end:
            self.counts["too near to the end to be judged"] += 1
        else:
            then = "not at all" if start is None else f"only at {clock(start)}"
            text = f"{name} ({id[:12]}): went down ({cause}), and was to be started by {clock(deadline)}, but was {then}"
            self.violation(at, text)

    def deadline(self, name, at, started):
        """Until when it must be started by the rules."""
        deadline = max(at, started + MOST_BACKOFF * JITTER if at - started < MOST_BACKOFF else 0) + SETTLE + SLACK
        for begin, end in sorted(self.record.outages):
            if begin - MOMENT <= deadline and at <= end + recovery(self.record.count):
                deadline = max(deadline, end + recovery(self.record.count))
        for begin, end in sorted(self.record.holds[name]):
            if begin <= deadline and at <= end:
                deadline = max(deadline, end + SETTLE + SLACK)
        return deadline

    def found(self, note):
        """The engine tells nothing of what went down with it when it was killed, so it is inspected after each outage."""
        if note["state"] != "exited":
            return
        id, finished = note["id"], note["finished"]
        events = self.record.events[id]
        if any(event["action"] == "die" and abs(event["at"] - finished) < 5 for event in events):
            return
        before = [event for event in events if event["at"] < finished]
        after = [event for event in events if event["at"] > finished]
        started = max((event["at"] for event in before if event["action"] == "start"), default=0)
        if self.acted(note["name"], finished, 5):
            self.counts["in doubt: an operator's act during an outage"] += 1
        else:
            self.must_start("untold, during an outage", id, finished, started, after)

    def crash_is_told(self, note):
        at = note["begin"]
        for event in self.record.events[note["id"]]:
            # What is paused dies when it goes on.
            if event["action"] in ("die", "pause", "unpause", "destroy") and at - 10 <= event["at"] <= at + 10:
                return
        if not self.record.is_near_outage(at, 10):
            self.violation(at, f"{note['name']}: its crash is not among the events")


def first(events, action):
    return next((event["at"] for event in events if event["action"] == action), None)


def clock(moment):
    return f"{datetime.fromtimestamp(moment):%H:%M:%S}"


def resources(folder, judge):
    """Prints watchdog's resources, and finds what only grows."""
    with open(os.path.join(folder, RESOURCES)) as lines:
        titles, *samples = [line.split() for line in lines]
    table = [sample for n, sample in enumerate(samples) if n % 10 == 0 or n == len(samples) - 1]
    for row in [titles, ["---"] * len(titles), *table]:
        print("| " + " | ".join(row) + " |")
    third = len(samples) // 3
    for title in ("descriptors", "threads"):
        column = [int(sample[titles.index(title)]) for sample in samples]
        if third and min(column[-third:]) > max(column[:third]):
            text = f"{title} only grow: at most {max(column[:third])} in the first third, at least {min(column[-third:])} in the last"
            judge.violation(judge.record.end, text)


def judge(folder):
    """Prints what it has found; returns the exit status."""
    record = Record(folder)
    judge = Judge(record)
    judge.all()
    print()
    resources(folder, judge)
    print()
    for violation in judge.violations:
        print(f"VIOLATION {violation}")
    acts = collections.Counter(note["what"] for note in record.notes if "begin" in note)
    told = collections.Counter(line.get("what") for line in record.log if line.get("what"))
    print(f"{(record.end - record.begin) / 60:.0f} minutes, {record.count} containers")
    print(f"done to them: {words(acts)}")
    print(f"deaths: {words(judge.counts)}")
    if judge.delays:
        delays = sorted(judge.delays)
        middle, late = delays[len(delays) // 2], delays[len(delays) * 99 // 100]
        text = f"median {middle:.2f} s, 99th percentile {late:.2f} s, worst {delays[-1]:.2f} s"
        print(f"from the crash to the start, {len(delays)} without back-off, hold or outage: {text}")
    print(f"the log tells: {words(told)}")
    for end in record.of("end"):
        print(f"webhook: {end['messages']} messages taken, {end['refused']} refused; page and metrics: {end['read']} answers")
    print(f"{len(judge.violations)} violations" if judge.violations else "nothing lost: no violation")
    return 1 if judge.violations else 0


def words(counter):
    return ", ".join(f"{count} {what}" for what, count in counter.most_common())
