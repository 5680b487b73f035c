"""What one scrape of /metrics takes, each container having crashed once, beside a fake engine: series, bytes, ms, and CPU of watchdog.

python3 src/bench/scrape.py [CONTAINERS...]     10, 100 and 1000, if none are named
"""

import gzip
import os
import sys
import tempfile
import time
import urllib.request

from fake import FakeEngine
from figures import Figures
from loud import free_port
from process import Process

JAR = os.path.join(os.path.dirname(__file__), "..", "..", "target", "watchdog.jar")
FLAGS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"]
SCRAPES = 30


def main():
    print("| containers | series | bytes | by gzip | one scrape, median | CPU of watchdog for it |\n|---|---|---|---|---|---|")
    for count in map(int, sys.argv[1:] or ["10", "100", "1000"]):
        print(row(count), flush=True)


def row(count):
    names = [f"service-{number}" for number in range(count)]
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, FakeEngine(folder, names) as engine:
        options = ["--list=*", f"--host=unix://{engine.path}", f"--http={port}"]
        with Process(["java", *FLAGS, "-jar", JAR, *options], folder, 600) as watchdog:
            engine.wait_until_looked_at(120, check=watchdog.check)
            for id in engine.containers:
                engine.share(id)
            time.sleep(2)
            before = watchdog.cpu()
            scrapes = [scrape(port) for _ in range(SCRAPES)]
            cpu = (watchdog.cpu() - before) / SCRAPES
    text, packed, _ = scrapes[-1]
    series = sum(not line.startswith(b"#") for line in text.splitlines())
    took = Figures([took for _, _, took in scrapes]).median
    return f"| {count} | {series:,} | {len(text):,} | {packed:,} | {took:.1f} ms | {cpu:.1f} ms |"


def scrape(port):
    """As Prometheus does; what is served is made once a second at most."""
    time.sleep(1.1)
    request = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", headers={"Accept-Encoding": "gzip"})
    began = time.monotonic()
    with urllib.request.urlopen(request, timeout=10) as answer:
        packed = answer.read()
    took = 1000 * (time.monotonic() - began)
    return gzip.decompress(packed), len(packed), took


if __name__ == "__main__":
    main()
