#!/usr/bin/env python3
"""The least that can be done: answers the death of one container with a start. loop.py SOCKET ID"""

import sys

from client import Client


def main(path, container):
    client = Client(path)
    for event in client.events():
        if event["Action"] == "die" and event["Actor"]["ID"] == container:
            client.start(container)


if __name__ == "__main__":
    main(*sys.argv[1:])
