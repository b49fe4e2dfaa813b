"""`tandem map`: discover how work runs, and keep it as a workflow map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.context import Acting, All, Filters, Json, Version, actor, workspace
from app.output import console, show_json, show_table

if TYPE_CHECKING:
    from core.tree import ProcessTree
    from mining.map.dfg import Dfg

Log = Annotated[str, typer.Argument(help="Name of the event log.")]
Noise = Annotated[float, typer.Option("--noise", help="Share, 0 to 1, below which infrequent paths are not followed.")]
Activities = Annotated[
    float | None,
    typer.Option("--activities", help="Share of the most frequent activities in the tree. Default: all, at most 50."),
]
Name = Annotated[str, typer.Argument(help="Name of the workflow map.")]


def register(app: typer.Typer) -> None:
    """Add `tandem map` and its verbs."""
    noun = typer.Typer(help="Discover how work runs; keep it as workflow maps.", no_args_is_help=True)
    verbs = (("discover", _discover), ("save", _save), ("list", _list), ("show", _show), ("bpmn", _bpmn))
    for name, verb in verbs:
        noun.command(name)(verb)
    app.add_typer(noun, name="map")


def _discover(
    log: Log,
    version: Version = None,
    filters: Filters = "",
    noise: Noise = 0.0,
    activities: Activities = None,
    every: All = False,
    as_json: Json = False,
) -> None:
    """Discover an event log: activities, paths with waiting times, variants and process tree. Stores nothing."""
    from app.told import tell
    from core.trust import Result
    from core.view import find_view
    from mining.map.discovery import discover

    with workspace() as ws:
        with _working(f"Discovering {log}"):
            view = find_view(ws, log, version, filters)
            found = discover(ws, view, noise=noise, activities_share=activities)
        tell(found.trust, (Result.ORDER, Result.WAITING_TIME), apart=as_json)
    if as_json:
        facts = {"log": found.log, "version": found.version, "variants": len(found.variants)}
        return show_json({**facts, **_graph(found.dfg), **_tree(found.tree, found.left_out)})
    return _print(
        f"{found.log} version {found.version}", found.dfg, len(found.variants), found.tree, found.left_out, every
    )


def _save(
    log: Log,
    name: Annotated[str, typer.Option("--name", help="Name of the workflow map.")],
    version: Version = None,
    filters: Filters = "",
    noise: Noise = 0.0,
    activities: Activities = None,
    notes: Annotated[str, typer.Option("--notes", help="What should be remembered about it.")] = "",
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Discover an event log and keep the result as the next version of a workflow map, which never changes."""
    from app.theme.formats import plural
    from app.verbs import save_map
    from core.view import find_view

    with workspace() as ws, _working(f"Discovering {log}"):
        saved = save_map(
            ws,
            name,
            find_view(ws, log, version, filters),
            noise=noise,
            activities_share=activities,
            notes=notes,
            by=actor(ws, acting),
        )
    if as_json:
        return show_json({"name": saved.name, "version": saved.version, "log": saved.log,
                          "log_version": saved.log_version, **_tree(saved.tree, saved.left_out)})  # fmt: skip
    console().print(
        f"Saved map {saved.name} version {saved.version} from {saved.log} version {saved.log_version}: "
        f"{plural(len(set(saved.tree.labels())), 'activity', 'activities')}.",
        markup=False,
    )
    return _note(saved.left_out)


def _list(every: All = False, as_json: Json = False) -> None:
    """List every version of every workflow map."""
    from app.simulation import marked_names, name_of
    from mining.map.maps import list_maps

    with workspace() as ws:
        found, names = list_maps(ws), marked_names(ws)
    if as_json:
        return show_json(found)
    rows = ((m.name, m.version, f"{m.log} {m.log_version}", m.activities, f"{m.variants:,}", m.noise,
             m.created_at.date(), name_of(names, m.created_by), m.notes) for m in found)  # fmt: skip
    columns = ("map", "version", "log", "activities", "variants", "noise", "saved", "by", "notes")
    return show_table(columns, rows, every=every,
                      empty="There is no workflow map yet. Save one with `tandem map save`.")  # fmt: skip


def _show(name: Name, version: Version = None, every: All = False, as_json: Json = False) -> None:
    """Show one version of a workflow map: its activities with who does them, paths and process tree."""
    from mining.map.maps import get_map

    with workspace() as ws:
        found = get_map(ws, name, version)
    if not as_json:
        title = f"{found.name} version {found.version}, from {found.log} version {found.log_version}"
        return _print(title, found.dfg, found.variants, found.tree, found.left_out, every)
    graph = _graph(found.dfg)
    return show_json({
        "name": found.name, "version": found.version, "log": found.log, "log_version": found.log_version,
        "noise": found.noise, "notes": found.notes, "created_at": found.created_at, "created_by": found.created_by,
        "variants": found.variants, **graph, "profiles": found.profiles, **_tree(found.tree, found.left_out),
    })  # fmt: skip


def _bpmn(
    name: Name,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    version: Version = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the file if it is there.")] = False,
    as_json: Json = False,
) -> None:
    """Write the process tree of a workflow map as BPMN 2.0 with a diagram."""
    from core.errors import BadInput
    from mining.bpmn import to_bpmn
    from mining.map.maps import get_map

    with workspace() as ws:
        found = get_map(ws, name, version)
    try:
        with output.open("w" if replace else "x", encoding="utf-8") as file:
            file.write(to_bpmn(found.tree, found.name))
    except FileExistsError:
        raise BadInput(f"`{output}` is there already. Choose another file, or say `--replace`.") from None
    except OSError as error:
        raise BadInput(f"`{output}` cannot be written: {error.strerror}. Choose another file.") from error
    if as_json:
        return show_json({"map": found.name, "version": found.version, "file": output})
    return console().print(f"Wrote {output}: map {found.name} version {found.version}.", markup=False)


def _graph(dfg: Dfg) -> dict[str, Any]:
    return {
        "activities": dfg.activities,
        "paths": [
            {"from": p.source, "to": p.target, "count": p.count, "cases": p.cases,
             "median_seconds": p.median_seconds, "p95_seconds": p.p95_seconds}
            for p in dfg.paths
        ],
        "starts": dfg.starts,
        "ends": dfg.ends,
    }  # fmt: skip


def _tree(tree: ProcessTree, left_out: tuple[str, ...]) -> dict[str, Any]:
    return {"tree": str(tree), "tree_json": tree.to_dict(), "left_out_of_tree": left_out}


def _print(title: str, dfg: Dfg, variants: int, tree: ProcessTree, left_out: tuple[str, ...], every: bool) -> None:
    from app.theme.formats import duration, plural

    console().print(
        f"{title}: {plural(len(dfg.activities), 'activity', 'activities')}, {plural(len(dfg.paths), 'path')}, "
        f"{plural(variants, 'variant')}\n",
        markup=False,
    )
    show_table(
        ("activity", "count", "cases"),
        ((a.name, f"{a.count:,}", f"{a.cases:,}") for a in dfg.activities),
        empty="",
        every=every,
        what="activities",
    )
    console().print()
    rows = (
        (p.source, p.target, f"{p.count:,}", f"{p.cases:,}", duration(p.median_seconds), duration(p.p95_seconds))
        for p in dfg.paths
    )
    columns = ("from", "to", "count", "cases", "median wait", "95 % within")
    show_table(columns, rows, empty="No activity follows another.", every=every, what="paths")
    console().print(f"\nProcess tree: {tree}", markup=False)
    _note(left_out)


def _note(left_out: tuple[str, ...]) -> None:
    if left_out:
        console().print(
            f"The tree leaves out the {len(left_out)} least frequent activities. "
            "Ask for more with --activities, a share from 0 to 1; above 50 activities that can take minutes.",
            markup=False,
        )


def _working(what: str) -> Any:
    """A sign of life on a terminal's standard error; nothing where the output goes elsewhere."""
    return console(apart=True).status(f"{what} ...")
