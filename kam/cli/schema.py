"""`kam schema`: what may stand in a file, for editors and for people."""

from __future__ import annotations

import json

import click

from kam import files, resources, schema
from kam.cli._edge import Edge, show
from kam.language import N_
from kam.schema.files import written


@click.command(
    "schema",
    help=N_(
        "Print the JSON Schema of a kind of file, or renew the folder schema/ of the playbook.\n\n"
        "KIND: account, kam, people, standards or play; without KIND a list of the kinds."
    ),
)
@click.argument("kind", metavar="[KIND]", type=click.Choice(schema.KINDS), required=False)
@click.option("--write", is_flag=True, help=N_("Write all schemas into schema/, where editors find them."))
@click.pass_obj
def command(edge: Edge, kind: schema.FileKind | None, write: bool) -> int:
    """Print one schema, or write all."""
    if write and kind:
        raise click.UsageError(edge.text(N_("--write renews all schemas: leave out KIND.")))
    if write:
        project = edge.project()
        language, folder = project.config.languages[0], project.root / "schema"  # the team's, as editors show it
        own = folder.exists() and folder.samefile(resources.path("schema"))  # kam's own: in all languages
        for each in schema.KINDS:
            text = written(schema.load(each) if own else schema.localised(each, language))
            files.write(folder / f"{each}.schema.json", text, project.root)
        edge.note(N_("Written: {files}."), files=", ".join(f"schema/{each}.schema.json" for each in schema.KINDS))
    elif kind:
        show([json.dumps(schema.load(kind), ensure_ascii=False, indent=2)])
    else:
        show(f"{each:<9} {schema.label(each, ())[edge.language.code]}" for each in schema.KINDS)
    return 0
