"""The house stands as it was drawn: one way down, small files, no rooms without a name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
# Rooms on one floor do not know each other. viewflow's own tables stand between workflows and the rest.
FLOORS = {
    "config": 12,
    "workflows": 11,
    "viewflow": 10,
    "reports": 9,
    "stamps": 8,
    "documents": 7,
    "lots": 7,
    "onboarding": 7,
    "projects": 6,
    "privacy": 5,
    "registry": 4,
    "imports": 3,
    "notices": 3,
    "worktime": 2,
    "jobs": 2,
    "people": 1,
    "gs1": 0,
}
ROOMS = [room for room in FLOORS if room != "viewflow"]
MAX_LINES, MAX_TEMPLATE_LINES, MAX_FUNCTION_LINES = 400, 120, 60
FORBIDDEN_FILES = {"utils.py", "helpers.py", "services.py", "managers.py", "misc.py", "signals.py"}
FORBIDDEN_FOLDERS = {"common", "core", "extras", "utils", "helpers"}


def code() -> Iterator[Path]:
    """Yield our own Python files, without migrations."""
    for folder in [*ROOMS, "tests", "benchmarks"]:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def templates() -> list[Path]:
    """Return all templates."""
    return sorted((ROOT / "templates").rglob("*.html"))


def name_of(path: Path) -> str:
    """Return the path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


def is_above(upper: str, lower: str) -> bool:
    """Whether `lower` must not know `upper`: it is on a higher floor, or another room on the same one."""
    if upper == lower or upper not in FLOORS or lower not in FLOORS:
        return False
    return FLOORS[upper] >= FLOORS[lower]


def _relations() -> list[Any]:
    return list(_each_relation())


def _each_relation() -> Iterator[Any]:
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.app_label
        for field in model._meta.get_fields(include_parents=False):
            # A generic key (viewflow's artifact) names its model in a row, not in the schema.
            is_ours = label in ROOMS and isinstance(field.related_model, type) and not field.auto_created
            if is_ours:
                yield pytest.param(model, field, id=f"{model._meta.label}.{field.name}")
        for parent in model._meta.parents:
            yield pytest.param(model, model._meta.parents[parent], id=f"{model._meta.label} is a {parent._meta.label}")


@pytest.mark.parametrize(("model", "field"), _relations())
def test_every_relation_points_downward(model: type[models.Model], field: Any) -> None:
    source, target = model._meta.app_label, field.related_model._meta.app_label
    assert not is_above(target, source), f"{source} must not point up to {target}"


def test_imports_keep_the_contracts() -> None:
    run = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", run, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _named_upward(pattern: str, room: str, text: str) -> list[str]:
    found = (match.group(1) for match in re.finditer(pattern, text))
    return [upper for upper in found if is_above(upper, room)]


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_reaches_upward_by_name(room: str) -> None:
    """import-linter does not see models, modules and pages that are named in strings."""
    for path in sorted((ROOT / room).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for pattern in (
            r"get_model\(\s*[\"'](\w+)",
            r"import_module\(\s*[\"'](\w+)",
            r"import_string\(\s*[\"'](\w+)",
            r"(?:reverse|reverse_lazy|redirect)\(\s*[\"'](\w+):",
        ):
            assert not _named_upward(pattern, room, text), f"{name_of(path)} names a room above it"


def test_no_template_reaches_upward() -> None:
    """A lower room links up by the root-level names (home, project, deliverable, inbox, task) only."""
    for path in templates():
        room = path.relative_to(ROOT / "templates").parts[0]
        text = path.read_text(encoding="utf-8")
        for pattern in (r"{%\s*url\s+[\"'](\w+):", r"{%\s*(?:include|extends)\s+[\"'](\w+)/"):
            assert not _named_upward(pattern, room, text), f"{name_of(path)} names a room above it"
        libraries = {library for names in re.findall(r"{%\s*load\s+([\w ]+?)\s*%}", text) for library in names.split()}
        for upper in ROOMS:
            own = {file.stem for file in (ROOT / upper / "templatetags").glob("*.py")}
            assert not (own & libraries and is_above(upper, room)), f"{name_of(path)} loads tags of {upper}"


def _longer_than(limit: int, paths: Iterable[Path]) -> list[str]:
    counts = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return [f"{name_of(path)}: {count} lines" for path, count in counts.items() if count > limit]


def test_no_file_is_longer_than_400_lines() -> None:
    assert not _longer_than(MAX_LINES, code())


def test_no_template_is_longer_than_120_lines() -> None:
    assert not _longer_than(MAX_TEMPLATE_LINES, templates())


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in code()
        if not {"tests", "samples"} & set(path.parts)  # sample papers are data, long as papers are
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION_LINES
    ]
    assert not long


def test_every_module_says_what_it_holds() -> None:
    silent = [
        name_of(path)
        for path in code()
        if "tests" not in path.parts
        and (text := path.read_text(encoding="utf-8"))
        and not ast.get_docstring(ast.parse(text))
    ]
    assert not silent


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    for path in code():
        assert path.name not in FORBIDDEN_FILES, name_of(path)
        assert not FORBIDDEN_FOLDERS & set(path.relative_to(ROOT).parts), name_of(path)


def test_no_template_holds_script_or_style() -> None:
    """The Content-Security-Policy refuses them, so they would fail in the browser only."""
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:")
    assert not [name_of(path) for path in templates() if inline.search(path.read_text(encoding="utf-8"))]
