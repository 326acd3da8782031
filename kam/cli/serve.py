"""`kam serve`: look at the site while writing."""

from __future__ import annotations

from datetime import date

import click

from kam.cli._edge import Edge, as_of, complain
from kam.language import N_


@click.command("serve", help=N_("Show the site on this computer; it follows every change of a file."))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=N_("The port to listen on.")
)
@as_of
@click.pass_obj
def command(edge: Edge, port: int, as_of: date | None) -> int:
    """Serve until interrupted."""
    from kam.cli._site import drawn
    from kam.preview import serve

    project = edge.project()
    edge.note(N_("Drawing the pages …"))
    serve(
        project.root,
        port,
        lambda: drawn(edge, edge.project(), as_of),
        lambda url: edge.note(N_("Look at {url} (Ctrl-C ends it)."), url=url),
        lambda error: complain(error, edge.language),
    )
    return 0
