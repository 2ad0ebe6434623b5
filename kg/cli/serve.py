"""See: `kg serve`."""

import threading
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from kg.cli._output import say
from kg.web.explored import Explored
from kg.web.server import Server, local

_PORT = 8765


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="Port to listen at; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Interface to listen at. Any but this machine's own lets others read the graph.")
@click.option("--open", "shown", is_flag=True, help="Open the page in the browser.")
def command(folder: Path, port: int, host: str, shown: bool) -> None:
    """Show the graph in FOLDER in a browser at this machine, until Ctrl-C.

    The page is the one of kg export --format html; the data comes as it is asked for, which suits large graphs. When a
    build has made a new version, a reload of the page shows it.
    """
    explored = Explored(folder)
    with suppress(KeyboardInterrupt), Server(explored.routes(), host, port, say) as server:
        explored.prepare()
        if not local(host):
            say(f"warning: whoever reaches this machine can read the graph at {host}, port {server.server_port}: there is no password")
        say(f"{folder}: {server.address} (Ctrl-C ends it)")
        if shown:
            threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()
        server.serve_forever()
