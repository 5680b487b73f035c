"""Rows about the work when nothing happens: idle, host."""

import contextlib
import os
import shutil
import time

from client import each
from figures import Figures, short
from process import Process, cpu, run

INTERVAL = 1
SLICE = 10
MOST = 1.0
PARALLEL = 4


@contextlib.contextmanager
def containers(bench, names, started):
    ids = []
    try:
        for name in names:
            ids.append(bench.client.create(name))
        if started:
            each(bench.client.start, ids, PARALLEL)
        yield
    finally:
        each(bench.client.remove, ids, PARALLEL)


def watchdog(bench, interval):
    """One that watches ten; an interval cannot be changed while it runs, so it warms up at that interval too."""
    command = bench.unit.command("--list=idle-*", f"--time={interval}", f"--host={bench.socket}")
    return Process(command, bench.folder, 1800, bench.unit.environment)


def per_pass(clocks, seconds, interval=INTERVAL):
    """The CPU in ms per pass of each of the clocks, over slices of the time; passes are counted by the interval."""
    samples = [[] for _ in clocks]
    for _ in range(seconds // SLICE):
        begin, before = time.monotonic(), [clock() for clock in clocks]
        time.sleep(SLICE)
        after, passes = [clock() for clock in clocks], (time.monotonic() - begin) / interval
        for sample, start, end in zip(samples, before, after):
            sample.append((end - start) / passes)
    return samples


def mean(sample):
    return sum(sample) / len(sample)


def told(sample):
    return f"{short(mean(sample))} ms ({short(min(sample))}–{short(max(sample))})"


def warm_up(bench):
    """HotSpot looks at the number of a method's calls at each 128th, and compiles from 200 on: some only at the 512th."""
    return 45 if bench.quick else 540


def window(bench):
    return 30 if bench.quick else 60


def go_loop(bench):
    """The compiled loop, or None without a compiler."""
    if not shutil.which("go"):
        return None
    binary = os.path.join(bench.folder, "loop")
    settings = {"GOCACHE": os.path.join(bench.folder, "go"), "GO111MODULE": "off", "GOFLAGS": ""}
    run(["go", "build", "-o", binary, bench.own("loop.go")], 300, settings)
    return binary


def ten(bench):
    """Ten containers, all listed: watchdog, two compiled loops and a shell script in the same minute."""
    binary = go_loop(bench)
    with contextlib.ExitStack() as stack:
        stack.enter_context(containers(bench, [f"idle-{n}" for n in range(10)], started=True))
        processes = {"watchdog": stack.enter_context(watchdog(bench, f"{INTERVAL}s"))}
        if binary:
            processes["go"] = stack.enter_context(Process([binary, bench.socket], bench.folder, 1800))
        asking = [*bench.asking_as_unit(), f"--host={bench.socket}"]
        processes["bare loop over junixsocket"] = stack.enter_context(
            Process(asking, bench.folder, 1800, bench.unit.environment)
        )
        script = ["sh", bench.own("loop.sh"), bench.socket]
        processes["shell"] = stack.enter_context(Process(script, bench.folder, 1800))
        often = stack.enter_context(watchdog(bench, "100ms"))
        time.sleep(warm_up(bench))
        clocks = [process.cpu for process in processes.values()]
        samples = dict(zip(processes, per_pass(clocks, window(bench))))
        samples["often"] = per_pass([often.cpu], SLICE, INTERVAL / 10)[0]
    own = mean(samples["watchdog"])
    beside = [f"{side} {told(samples[side])}" for side in processes if side != "watchdog"]
    what = f"idle work: CPU per pass, 10 containers, after {warm_up(bench)} s"
    bench.report(what, told(samples["watchdog"]), ", ".join(beside), f"{short(own)} ms", "≤ 1.0 ms", own <= MOST)
    passes = warm_up(bench) * 10 // INTERVAL
    often = samples["often"]
    bench.report(f"the same at 100 ms, after {passes} passes", told(often), "", f"{short(mean(often))} ms")


def big_host(bench):
    """The same beside 990 more that are not listed, the engine's CPU counted in."""
    with containers(bench, [f"idle-{n}" for n in range(10)], started=True), watchdog(bench, f"{INTERVAL}s") as process:
        time.sleep(warm_up(bench))
        clocks = [process.cpu, lambda: cpu(bench.engine_process())]
        # The time between two listings of all, which are the dear ones: one of them is among the passes.
        seconds = 30 if bench.quick else 300
        few = per_pass(clocks, seconds)
        with containers(bench, [f"other-{n}" for n in range(990)], started=False):
            time.sleep(SLICE)
            many = per_pass(clocks, seconds)
    ratio = sum(map(mean, many)) / sum(map(mean, few))
    what = "idle work on a big host: CPU per pass, watchdog + engine, 1,000 containers of which 10 are listed"
    bench.report(what, told_sum(many), f"10 containers {told_sum(few)}", f"{ratio:.2f} ×", "≤ 2 ×", ratio <= 2)


def told_sum(samples):
    means = [mean(sample) for sample in samples]
    return f"{short(sum(means))} ms ({' + '.join(map(short, means))})"
