"""A desk with alerts, people who use its pages, and a way to read them."""

import html
import re

from app.alert_desks import BOSS
from app.desk_world import Client, Desk, whole
from app.test_alert_acts import OWN
from desk.alerts.worlds import RAION
from vidomo.app.alert_acts import AlertDesk
from vidomo.desk.alerts.wordings import wordings
from vidomo.desk.people import Grant, Role
from vidomo.publish.alerts.keys import keys_folder, new_key

PARTS = ("event", "headline", "description", "instruction")
PUBLIC = ("/alerts/", "/alerts.atom", "/alerts.rss")


class Pages:
    """A desk with an editor, an approver and an editor of one raion."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.olena = desk.client(desk.person("olena", whole(Role.EDITOR)))
        self.taras = desk.client(desk.person("taras", whole(Role.APPROVER)))
        self.local = desk.client(desk.person("local", Grant(Role.EDITOR, RAION)))
        self.boss = desk.client(desk.person("boss", whole(Role.ADMIN)))

    def ready(self, *, key: bool = True) -> "Pages":
        def made(house) -> None:
            alerts = AlertDesk(
                house.journal,
                folder=self.desk.folder,
                gazetteer=house.gazetteer,
                people=self.desk.table.person,
                clock=self.desk.clock,
                is_exercise=self.desk.site.is_exercise,
            )
            alerts.set_authority(BOSS, OWN)
            for name, one in wordings().items():
                alerts.approve_wording(BOSS, name, version=one.ref.version)

        self.desk.site.write_now(made)
        if key:
            keys = keys_folder(self.desk.folder)
            new_key(keys, holder="Izium", is_exercise=False, now=self.desk.clock())
        self.desk.clock.move(seconds=5)
        return self

    def draft(self, who: Client, wording="shelter", places="Ізюм", path="new") -> str:
        self.desk.clock.move(seconds=1)
        answer = who.post(f"/desk/alerts/{path}", {"wording": wording, "places": places})
        assert answer.status == 303, text(answer)
        return answer.headers["location"]

    def send(self, who: Client, path: str, act: str, **fields: str):
        page = who.get(path).text
        seen = re.search(r'name="seen" value="([^"]+)"', page)
        phrase = re.search(r"<strong>([^<]+)</strong> <kbd", page)
        found = {
            "seen": seen.group(1) if seen else "",
            "typed": html.unescape(phrase.group(1)) if phrase else "",
        }
        return who.post(f"{path}/{act}", {**found, **fields})


def text(answer) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
