"""The desk's pages: its parts, and the routes of all of them."""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

from starlette.routing import BaseRoute, Route

from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.doorkeeper import Doorkeeper
from vidomo.app.web.desk.facts import Facts
from vidomo.app.web.desk.files import files_route
from vidomo.app.web.desk.route import DeskRoute
from vidomo.app.web.desk.sign_in import SignIn, sign_out_route
from vidomo.app.web.site import Site
from vidomo.desk.page import DeskLink

ROOMS = (
    "alerts",
    "audit",
    "calls",
    "calls_release",
    "forms",
    "handover",
    "inbox",
    "incident",
    "me",
    "outlook",
    "restoration",
    "services",
    "sitrep",
    "statement",
    "tasks",
)
"""Modules of this package that give ``routes(desk)`` and, if they like, ``LINKS``; sorted."""


class Room(Protocol):
    """A part of the desk."""

    LINKS: Sequence[DeskLink]

    def routes(self, desk: DeskSite) -> Sequence[DeskRoute]:
        """Return its paths."""
        ...


def table_of_routes(desk: DeskSite) -> tuple[DeskRoute, ...]:
    """Return every path of the desk that needs a session, with what it needs."""
    found = [*Facts(desk.site).desk_routes(), sign_out_route()]
    for name in ROOMS:
        found += import_module(f"{__name__}.{name}").routes(desk)
    return tuple(found)


def links_of_desk() -> tuple[DeskLink, ...]:
    """Return the ways to all parts of the desk, in the order of a night's work."""
    found = [DeskLink("/desk/", "facts.picture", "p")]
    for name in ROOMS:
        found += getattr(import_module(f"{__name__}.{name}"), "LINKS", ())
    return tuple(sorted(found, key=lambda link: _place_of(link.path)))


_ORDER = ("/desk/", "/desk/inbox", "/desk/calls", "/desk/tasks", "/desk/alerts", "/desk/forms")


def _place_of(path: str) -> tuple[int, str]:
    return (_ORDER.index(path) if path in _ORDER else len(_ORDER), path)


def desk_routes(desk: DeskSite) -> Sequence[BaseRoute]:
    """Return everything that is served under ``/desk/``."""
    doorkeeper = Doorkeeper(desk, links=links_of_desk())
    return (
        files_route(),
        *SignIn(desk).routes(),
        *(doorkeeper.route(route) for route in table_of_routes(desk)),
    )


def facts_routes(site: Site) -> Sequence[BaseRoute]:
    """Return the read-only pages, for a house without a folder of its own."""
    return [Route(path, endpoint) for path, endpoint in Facts(site).pages()]
