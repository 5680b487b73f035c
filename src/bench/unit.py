"""The shipped systemd unit, read and carried out as far as a measurement needs it, below a folder of its own."""

import os
import re
import shlex
import shutil
import time

from fake import FakeEngine
from process import Process, run

NAME = "docker-watchdog"
SHARE = f"/usr/share/{NAME}"
ARCHIVE = "-XX:SharedArchiveFile="
TRAINING = 4


class Unit:
    def __init__(self, file, jar, java, folder):
        self.java = java
        self.folder = folder
        self.settings = read(file)
        self.places = self._places()
        self.jar = os.path.join(self.places[SHARE], "watchdog.jar")
        shutil.copy(jar, self.jar)
        self.environment = self._environment()
        for line in self.settings.get("ExecStartPre", []):
            run(self._words(line), environment=self.environment)
        self._make_archive()

    def _places(self):
        """Folders of a host, as the unit names them, and what stands for them here."""
        places = {}
        for name, words in {
            "share": [SHARE],
            "state": [f"/var/lib/{NAME}", f"%S/{NAME}", "${STATE_DIRECTORY}", "$STATE_DIRECTORY"],
            "cache": [f"/var/cache/{NAME}", f"%C/{NAME}", "${CACHE_DIRECTORY}", "$CACHE_DIRECTORY"],
            "run": [f"/run/{NAME}", f"%t/{NAME}", "${RUNTIME_DIRECTORY}", "$RUNTIME_DIRECTORY"],
        }.items():
            here = os.path.join(self.folder, name)
            os.makedirs(here, exist_ok=True)
            places.update(dict.fromkeys(words, here))
        return places

    def _environment(self):
        environment = {}
        for kind in "State", "Cache", "Runtime":
            if kind + "Directory" in self.settings:
                environment[f"{kind.upper()}_DIRECTORY"] = self.places[f"${kind.upper()}_DIRECTORY"]
        for line in self.settings.get("Environment", []):
            environment.update(word.split("=", 1) for word in shlex.split(self._here(line)))
        return environment

    def _here(self, text):
        for place, here in self.places.items():
            text = text.replace(place, here)
        return text

    def _words(self, line):
        words = shlex.split(self._here(line.lstrip("-@:+!")))
        return [self.java if re.fullmatch(r"/usr/.*/java", word) else word for word in words]

    def _make_archive(self):
        """An archive that the unit names and does not make itself is made here."""
        for flag in self.flags(archive=True):
            file = flag.removeprefix(ARCHIVE)
            if flag.startswith(ARCHIVE) and not os.path.exists(file):
                make_archive(self.java, file, self.jar, ["-jar", self.jar, "--list=c-0"], self.folder)

    def command(self, *arguments, more_flags=()):
        """The command line, with these arguments in place of the argument file."""
        words = self._words(self.settings["ExecStart"][-1])
        words = [word for word in words if not word.startswith("@")]
        jar = words.index("-jar")
        return words[:jar] + list(more_flags) + words[jar:] + list(arguments)

    def flags(self, archive=False):
        """Java's flags, without those that are about watchdog's own classes."""
        words = self._words(self.settings["ExecStart"][-1])
        flags = words[words.index(self.java) + 1 : words.index("-jar")]
        return [flag for flag in flags if archive or not re.search("Archive|AOT|Xshare|Xlog", flag)]

    def has_archive(self):
        return self.flags(archive=True) != self.flags()

    def told(self):
        environment = [f"{name}={value}" for name, value in self.environment.items() if "DIRECTORY" not in name]
        flags = [flag.replace(self.folder + "/", "") for flag in self.flags(archive=True)]
        return " ".join(environment + flags) or "none"


def make_archive(java, file, jar, program, folder):
    """As src/docs/service.md has it made, while a container crashes."""
    classes = file + ".classes"
    with FakeEngine(folder, ["c-0"]) as engine:
        noted = [java, f"-XX:DumpLoadedClassList={classes}", *program, f"--host={engine.path}"]
        with Process(noted, folder, 60):
            engine.first_request.get(timeout=30)
            time.sleep(TRAINING)
            engine.crash(next(iter(engine.containers)))
            time.sleep(TRAINING)
    dump = ["-XX:+UseSerialGC", "-Xlog:disable", "-Xshare:dump", f"-XX:SharedClassListFile={classes}", ARCHIVE + file]
    run([java, *dump, "-cp", jar], 60)


def read(file):
    """The settings of a unit, each a list of values; an empty value begins a list anew (systemd.syntax(7))."""
    settings = {}
    with open(file) as unit:
        text = unit.read().replace("\\\n", " ")
    for line in text.splitlines():
        if re.match(r"[A-Za-z]+=", line):
            name, value = line.split("=", 1)
            if value.strip():
                settings.setdefault(name, []).append(value.strip())
            else:
                settings[name] = []
    return settings
