"""Tell a place in few words."""

from pathlib import Path

import click

from vidomo.app.cli.options import data_option, folder_or_default, place_code
from vidomo.app.house import House
from vidomo.core.errors import ConfigError
from vidomo.disclosure.gate import gate
from vidomo.publish.digest import KINDS, as_mesh, as_sms, as_text, as_voice, tell
from vidomo.publish.digest_notice import render_notice
from vidomo.publish.residents.frame import short_of
from vidomo.publish.words import LANGUAGES

POLICY = "ua-public"


@click.command()
@click.argument("place")
@click.option("--as", "kind", type=click.Choice(KINDS), default="text", show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default="uk", show_default=True)
@click.option(
    "--site", metavar="URL", default="", help="Where residents find the page; for the QR code."
)
@data_option
def digest(place: str, kind: str, lang: str, site: str, folder: Path | None) -> int:
    """Tell what residents may know of PLACE in few words, to be sent, read aloud or printed.

    sms has at most 70 UTF-16 units, mesh 200 bytes, voice 30 seconds, notice one page of A4
    (HTML: open it in a browser and print), text is everything. Whole statements only: what does
    not fit is left out. Nothing is sent.

    \b
    Example: vidomo digest Izium --as sms
    """
    if site and not site.startswith(("https://", "http://")):
        raise ConfigError(f"--site {site!r} is no address", hint="begin it with https://")
    code = place_code(place)
    with House.open(folder_or_default(folder), read_only=True) as house:
        view = gate(house.situation(), policy=POLICY, gazetteer=house.gazetteer, also=(code,))
        told = tell(
            view,
            code,
            lang=lang,
            atlas=house.gazetteer,
            is_exercise=house.is_demo,
            publisher=house.publisher(),
        )
    prefix = "" if lang == LANGUAGES[0] else f"/{lang}"
    address = f"{site.rstrip('/')}{prefix}/p/{short_of(code)}" if site else ""
    if kind == "text":
        click.echo(as_text(told, address=address), nl=False)
    elif kind == "notice":
        click.echo(render_notice(told, address=address))
    else:
        made = {"sms": as_sms, "mesh": as_mesh, "voice": as_voice}[kind]
        click.echo(made(told))
    return 0
