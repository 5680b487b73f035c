"""Rows about memory: memory, memory-plain, scale."""

import os
import re
import time
from dataclasses import dataclass

from fake import FakeEngine
from figures import Figures, short
from process import Ended, Process

# Each crashes so rarely that no back-off applies.
CONTAINERS = 120
FLAT = 0.5


@dataclass
class BareLoop:
    """A JVM to compare with, and whether it starts what crashes."""

    name: str
    command: list
    starts: bool


def shipped(bench):
    """Resident memory with the unit's flags, beside a JVM with the same flags that only sleeps."""
    bare = BareLoop("a bare loop over junixsocket", bench.asking_as_unit(), starts=False)
    samples = grown(bench, "memory", bench.unit.command, bare, bench.unit.flags(), bench.unit.environment)
    report(bench, "memory", samples, bare, 1.75)
    watchdog, *_ = samples
    end = f"{watchdog[-1]:.1f} MB"
    bench.report("memory, at the end", end, "", end, "≤ 58 MB", watchdog[-1] <= 58)


def plain(bench):
    """The same without flags."""

    def command(*arguments):
        return [bench.java, "-jar", bench.jar, *arguments]

    bare = BareLoop("a bare loop that starts what dies, and reads it", bench.answering(), starts=True)
    report(bench, "memory, plain `java -jar`", grown(bench, "memory, plain", command, bare, [], {}), bare, 2.2)


def grown(bench, what, command, bare, flags, environment):
    """Restarts, and returns samples of the memory of watchdog, of a JVM that sleeps and of a bare loop."""
    seconds, restarts = (60, 100) if bench.quick else (600, 1000)
    sleeping = [bench.java, *flags, "-cp", bench.folder, "Sleeping"]
    life = seconds + 120
    names = [f"c-{n}" for n in range(CONTAINERS)]
    # One engine each, for of two that want to start the same container one would come too late.
    others = os.path.join(bench.folder, "others")
    os.makedirs(others, exist_ok=True)
    with (
        FakeEngine(bench.folder, names) as engine,
        FakeEngine(others, names) as other,
        Process(sleeping, bench.folder, life, environment) as sleeper,
        Process([*bare.command, f"--host={other.path}"], bench.folder, life, environment) as bare_process,
        Process(command("--list=c-*", f"--host={engine.path}"), bench.folder, life, environment) as watchdog,
    ):
        engine.wait_until_looked_at(30, check=watchdog.check)
        other.first_request.get(timeout=30)
        ids = list(engine.containers)
        processes = (watchdog, sleeper, bare_process)
        samples = ([], [], [])
        begin = time.monotonic()
        for n in range(restarts):
            until(begin + n * seconds / restarts)
            engine.crash(ids[n % len(ids)])
            other.crash(ids[n % len(ids)])
            if n % (restarts // (seconds // 10)) == 0:
                take(samples, processes)
        until(begin + seconds)
        take(samples, processes)
        answered = engine.started.qsize(), other.started.qsize()
    if answered != (restarts, restarts if bare.starts else 0):
        raise ValueError(f"{answered} restarts by watchdog and the bare loop after {restarts} crashes")
    bench.note(f"{what}: RSS in MB at times: {' '.join(f'{sample:.1f}' for sample in samples[0])}")
    return samples


def take(samples, processes):
    for sample, process in zip(samples, processes):
        sample.append(process.rss())


def until(moment):
    time.sleep(max(0.0, moment - time.monotonic()))


def report(bench, what, samples, bare, most):
    watchdog, sleeping, bare_loop = samples
    ratio = watchdog[-1] / sleeping[-1]
    least = f"{bare.name} {bare_loop[-1]:.1f} MB, which is {bare_loop[-1] / sleeping[-1]:.2f} ×"
    beside = f"a JVM that sleeps {sleeping[-1]:.1f} MB, {least}"
    end = f"{watchdog[-1]:.1f} MB"
    bench.report(f"{what}, at the end", end, beside, f"{ratio:.2f} ×", f"≤ {most} ×", ratio <= most)
    third, last = quarters(bare_loop)
    report_growth(bench, what, watchdog, f"; the bare loop {last.median - third.median:+.2f} MB")


def quarters(samples):
    """The two quarters of the second half."""
    quarter = max(1, len(samples) // 4)
    return Figures(samples[-2 * quarter : -quarter], "MB"), Figures(samples[-quarter:], "MB")


def report_growth(bench, what, samples, beside=""):
    third, last = quarters(samples)
    growth = last.median - third.median
    what = f"{what}, last quarter of the time beside the third"
    bench.report(what, last, f"{third}{beside}", f"{growth:+.2f} MB", f"flat: ≤ {FLAT} MB", growth <= FLAT)


def scale(bench):
    """A pass over 10,000 containers: CPU and memory, few of them listed, and all of them."""
    count = 10_000
    names = [f"c-{n}" for n in range(count)]
    with FakeEngine(bench.folder, names) as engine:
        size = sum(len(container.entry) for container in engine.containers.values()) / count
        for what, listed, watched in ("10 watched", ",".join(names[:10]), 10), ("all watched", "c-*", count):
            what = f"scale: {count:,} containers of {size:.0f} bytes, {what}, `-Xmx24m`"
            try:
                measure_scale(bench, engine, what, listed, watched)
            except Ended as end:
                words = re.search(r"\w+Error: [^\n]*", str(end))
                if not words:
                    raise
                bench.report(what, f"ends: {words[0]}", "", words[0], "≤ 60 ms", False)


def measure_scale(bench, engine, what, listed, watched):
    warm_up, seconds = (20, 30) if bench.quick else (60, 240)
    engine.looked.clear()
    command = bench.unit.command(f"--list={listed}", "--time=1", f"--host={engine.path}", more_flags=["-Xmx24m"])
    with Process(command, bench.folder, warm_up + seconds + 180, bench.unit.environment) as watchdog:
        engine.wait_until_looked_at(120, watched, watchdog.check)
        time.sleep(warm_up)
        asked, before = engine.listings, watchdog.cpu()
        samples = []
        for _ in range(seconds // 10):
            time.sleep(10)
            samples.append(watchdog.rss())
        passes = engine.listings - asked
        if passes == 0:
            raise ValueError("no pass")
        per_pass = (watchdog.cpu() - before) / passes
    told = f"{short(per_pass)} ms"
    bench.report(f"{what}, CPU per pass", f"{told} ({passes} passes)", "", told, "≤ 60 ms", per_pass <= 60)
    report_growth(bench, f"{what}, RSS", samples)
