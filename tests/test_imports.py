"""Data flows one way: no cycle of imports, no way from the cleaner to the scraper, and late imports say why."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(
    [*ROOT.glob("cleaners/**/*.py"), *ROOT.glob("scraper/**/*.py"), *ROOT.glob("pipelines/**/*.py")]
)
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in FILES
}


def is_for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imports(node: ast.AST, *, late: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports of a module that run when it is imported, or those within its functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            if late:
                yield from (n for n in ast.walk(child) if isinstance(n, ast.Import | ast.ImportFrom))
        elif not is_for_type_checkers(child):
            yield from imports(child, late=late)


def named(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif node.module:
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            yield whole if whole in MODULES else node.module


def needs(module: str) -> set[str]:
    tree = ast.parse(MODULES[module].read_text())
    found = {name for node in imports(tree, late=False) for name in named(node) if name in MODULES}
    return found - {module}


def test_no_module_needs_itself_through_others() -> None:
    graph = {module: needs(module) for module in MODULES}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path[path.index(module) :], module))
        if module not in done:
            for other in sorted(graph[module]):
                visit(other, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def test_the_cleaner_knows_no_scraper() -> None:
    for module, path in MODULES.items():
        if module.startswith("cleaners"):
            tree = ast.parse(path.read_text())
            every = (n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom))
            assert not [name for node in every for name in named(node) if name.split(".")[0] == "scraper"], (
                module
            )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_import_within_a_function_says_why(path: Path) -> None:
    lines = path.read_text().splitlines()
    tree = ast.parse("\n".join(lines))
    for node in imports(tree, late=True):
        if node.col_offset:
            first = node.lineno - 1
            while "import" in lines[first - 1] or not lines[first - 1].strip():
                first -= 1  # several may share a reason
            around = " ".join(lines[first - 1 : node.end_lineno])
            assert "#" in around, f"{path.name}:{node.lineno}"
