"""A night on this machine as its owner starts it: commands, a server process, every output."""

import json
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pyotp

from vidomo.app.alert_acts import AlertDesk
from vidomo.app.house import House
from vidomo.core.clock import system_clock
from vidomo.desk.alerts.wordings import wordings
from vidomo.desk.table import DeskTable

IZIUM = "UA63040090010029555"
IZIUM_RAION = "UA63040000000023521"
KHARKIV_OBLAST = "UA63000000000041885"
MVA = f"city_military_administration@{IZIUM}"
PASSWORD = "long enough for a drill"
"""Of people who live for one test."""
VIDOMO = Path(sys.executable).with_name("vidomo")
ALARM = "🔴 Ізюм. Повітряна тривога! Прямуйте в укриття."
OUTAGE = "В Ізюмі немає світла. Бригади працюють."
WRONG_END = "🟢 Ізюм. Відбій повітряної тривоги."
WRONG_POWER = "Світло в Ізюмі повністю відновлено."
WRONG = f"{WRONG_END} {WRONG_POWER}"
"""What somebody who has taken the body's channel writes in its name."""
MARKS = (
    *("Відбій повітряної", "Відбій оголосили", "оголосило відбій", "оголошено відбій"),
    *("повністю відновлено", "Світло повернули", "Світло є", "all-clear announced"),
    *("alert.end", "impact.power.restored", 'is_being_confirmed":true'),
)
"""What an output says where it repeats the wrong post, in words and in codes."""


def vidomo(folder: Path, *arguments: str, typed: str = "") -> str:
    """Run one command on a data folder and return what it prints.

    Args:
        folder: The data folder.
        arguments: The command.
        typed: What is given on standard input.
    """
    ran = subprocess.run(
        [VIDOMO, *arguments, "--data", folder],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, (arguments, ran.returncode, ran.stdout, ran.stderr)
    return ran.stdout


def ago(**by: float) -> str:
    """Return an instant before now as a post bears it."""
    return (system_clock() - timedelta(**by)).replace(microsecond=0).isoformat()


def tell(folder: Path, number: int, text: str, **more: str) -> None:
    """Import one post of the administration of Izium, as a person at the machine would."""
    row = {"id": str(number), "source": "izium_mva", "posted_at": ago(seconds=20), "text": text}
    path = folder.parent / f"post-{number}.jsonl"
    path.write_text(json.dumps({**row, **more}, ensure_ascii=False) + "\n", "utf-8")
    vidomo(folder, "import", str(path))


def ready_to_warn(folder: Path, *more: str) -> None:
    """Put the authority on record and make the key: what an administrator does once."""
    authority = {
        "name": "Ізюмська міська рада",
        "name-en": "Izium City Council",
        "legal-basis": "Рішення 1",
        "sender": "cap@city.example",
        "contact": "+380 00 000 00 00",
        "web": "https://city.example",
        "territory": "Izium",
    }
    options = [part for key, text in authority.items() for part in (f"--{key}", text)]
    vidomo(folder, "desk", "authority", "set", *options, *more)
    vidomo(folder, "alert", "key", "new", "--holder", "Izium")


def approve_wordings(folder: Path, login: str) -> None:
    """Approve every wording of alerts, as an approver does once on their page."""
    with House.open(folder) as house, DeskTable.open(folder) as table:
        desk = AlertDesk(
            house.journal,
            folder=folder,
            gazetteer=house.gazetteer,
            people=table.person,
            clock=system_clock,
        )
        for name, one in wordings().items():
            desk.approve_wording(table.called(login), name, version=one.ref.version)


@contextmanager
def running(folder: Path, *options: str) -> Iterator[str]:
    """Run the server in a process of its own; give its address, without a slash at the end."""
    command = [VIDOMO, "run", "--port", "0", "--data", folder, *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        assert "http://" in line, line
        yield line.split()[-1].rstrip("/")
    finally:
        server.terminate()
        server.wait(timeout=30)
        server.stdout.close()


def asked(url: str) -> str:
    """Return what the server answers anybody."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read().decode()


class Stream:
    """An open page of a resident: what the server tells it."""

    def __init__(self, address: str, place: str = IZIUM) -> None:
        shown = asked(f"{address}/place/{place}/").split('data-v="')[1].split('"')[0]
        self._answer = urllib.request.urlopen(
            f"{address}/live?place={place}&v={shown}", timeout=200
        )
        self.changes: list[float] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            for line in self._answer:
                if line.startswith(b"event: change"):
                    self.changes.append(time.monotonic())
        except (OSError, ValueError, AttributeError):
            pass  # closed from our side


@dataclass(frozen=True)
class Outputs:
    """Every way on which something reaches anybody but the desk, each as text."""

    address: str
    folder: Path
    tree: Path
    made: Path = field(kw_only=True)

    def served(self) -> Mapping[str, str]:
        """Return what the running server answers."""
        place = f"{self.address}/place/{IZIUM}"
        api = f"{self.address}/api/v1"
        paths = {
            "page": f"{place}/",
            "page, English": f"{self.address}/en/place/{IZIUM}/",
            "start page": f"{self.address}/",
            "digest, text": f"{place}/text",
            "digest, SMS": f"{place}/sms",
            "digest, mesh": f"{place}/mesh",
            "digest, voice": f"{place}/voice",
            "notice": f"{place}/notice",
            "map": f"{self.address}/map/",
            "API, state": f"{api}/places/{IZIUM}/state",
            "API, timeline": f"{api}/places/{IZIUM}/timeline",
            "API, changes": f"{api}/places/{IZIUM}/changes",
            "API, country": f"{api}/country",
            "API, alerts": f"{api}/alerts",
        }
        return {name: asked(path) for name, path in paths.items()}

    def kept(self) -> Mapping[str, str]:
        """Return the files that another web server gives."""
        names = {
            "tree, page": f"place/{IZIUM}/index.html",
            "tree, English": f"en/place/{IZIUM}/index.html",
            "tree, start": "index.html",
        }
        return {name: (self.tree / path).read_text("utf-8") for name, path in names.items()}

    def written(self) -> Mapping[str, str]:
        """Return what an officer writes anew: the public report in three forms."""
        found = {}
        for form in ("md", "html"):
            out = self.made / f"report.{form}"
            vidomo(self.folder, "publish", "sitrep", "Izium", str(out))
            found[f"report, {form}"] = out.read_text("utf-8")
        return found

    def warned(self) -> Mapping[str, str]:
        """Return the index of alerts in both forms and the page of them."""
        return {
            "alerts, Atom": asked(f"{self.address}/alerts.atom"),
            "alerts, RSS": asked(f"{self.address}/alerts.rss"),
            "alerts, page": asked(f"{self.address}/alerts/"),
        }


CORRECTED = "ВИПРАВЛЕННЯ."
"""How the headline of a correction begins."""


def wrong_in(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Return which outputs repeat the wrong post as if it held, and with what.

    Issued alerts stay listed, for later ones refer to them; such a list is right when the
    correction stands first in it.
    """
    found = {}
    for name, text in texts.items():
        said = text.partition(CORRECTED)[0] if name.startswith("alerts") else text
        if marks := [mark for mark in MARKS if mark in said]:
            found[name] = marks
    return found


def add_person(folder: Path, login: str, *options: str) -> None:
    """Add a person, as the owner of the machine does."""
    asked_for = ("desk", "user", "add", login, "--name", f"Особа {login}", "--password-stdin")
    vidomo(folder, *asked_for, *options, typed=f"{PASSWORD}\n")


def alert_act(folder: Path, login: str, *arguments: str) -> str:
    """Do something to an alert as a person with a password; return its id."""
    more = ("--as", login, "--password-stdin", "--json")
    told = vidomo(folder, "alert", *arguments, *more, typed=f"{PASSWORD}\n")
    return str(json.loads(told)["id"])


def wrong_claims(folder: Path, *, at: datetime | None = None) -> list[str]:
    """Return the statements that were read in the wrong post, as of now or of an instant."""
    when = ("--valid-at", at.isoformat()) if at else ()
    state = vidomo(folder, "state", "Izium", "--json", *when)
    said = re.findall(r"\{[^{}]*\}", state)
    found = {one["claim"] for one in map(json.loads, said) if one.get("quote", "-") in WRONG}
    return sorted(found)


def add_factor(folder: Path, login: str) -> str:
    """Give a person a second factor, as they do with their telephone; return its secret."""
    command = [VIDOMO, "desk", "user", "factor", login, "--data", folder]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as asking:
        assert asking.stderr is not None
        assert asking.stdin is not None
        secret = ""
        while not secret:
            line = asking.stderr.readline()
            assert line, "the command ended before it showed the secret"
            secret = line.partition("authenticator: ")[2].strip()
        asking.stdin.write(f"{code_of(secret)}\n")
        asking.stdin.flush()
        asking.communicate(timeout=60)
        assert asking.returncode == 0
    return secret


def code_of(secret: str, *, ahead: int = 0) -> str:
    """Return what an authenticator shows now, or some half minutes later."""
    return pyotp.TOTP(secret).at(system_clock(), counter_offset=ahead)
