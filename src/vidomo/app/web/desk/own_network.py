"""Who may see what is computed from the operator's own network."""

import asyncio
from concurrent.futures import Executor

from vidomo.app.network import FOLDER, network_places
from vidomo.app.web.desk.doorkeeper import Turned
from vidomo.app.web.desk.route import Visit
from vidomo.desk.people import Role


async def may_see_network(visit: Visit, press: Executor) -> bool:
    """Return whether the person is an editor of every place that the network feeds.

    A network that names no place of the codifier is for editors of the whole country.

    Args:
        visit: The request.
        press: Where a network is read; a large one takes seconds.
    """
    folder = visit.desk.folder / FOLDER
    codes = await asyncio.get_running_loop().run_in_executor(press, network_places, folder)
    atlas = visit.desk.site.house.gazetteer
    known = [code for code in codes if atlas.get(code) is not None]
    return visit.may(Role.EDITOR, known)


async def turn_away_strangers(visit: Visit, press: Executor) -> None:
    """Turn away who may not see the network of this folder.

    Raises:
        Turned: The person is no editor of all its places.
    """
    if not await may_see_network(visit, press):
        raise Turned(403, "territory")
