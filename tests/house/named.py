"""Which tests exist, found without running them; and which of them could be passed over."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PASSING_OVER = {"skip", "skipif", "xfail", "importorskip", "SkipTest"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Suite:
    """The tests below `root`/tests, by names such as "tests/house/test_sizes.py::test_create_app_stays_short"."""

    root: Path

    @cached_property
    def _trees(self) -> dict[str, ast.Module]:
        files = sorted((self.root / "tests").rglob("*.py"))
        return {str(path.relative_to(self.root)): ast.parse(path.read_text()) for path in files}

    @cached_property
    def _fixtures(self) -> dict[str, Function]:
        return {name: found for tree in self._trees.values() for name, found in _functions(tree).items() if _is_fixture(found)}

    def wrong_with(self, name: str) -> str:
        """Why `name` cannot stand for a control, or nothing."""
        path, _, function = name.partition("::")
        tree = self._trees.get(path)
        found = _functions(tree).get(function) if tree and function.startswith("test_") else None
        if tree is None or found is None:
            return "does not exist"
        alone = [node for node in tree.body if not isinstance(node, Function | ast.ClassDef)]
        return "may be skipped" if self._may_be_skipped(found) or any(_passes_over(node) for node in alone) else ""

    def _may_be_skipped(self, function: Function, seen: frozenset[str] = frozenset()) -> bool:
        wanted = {argument.arg for argument in function.args.args} & self._fixtures.keys() - seen
        return _passes_over(function) or any(self._may_be_skipped(self._fixtures[name], seen | wanted) for name in wanted)


def _functions(tree: ast.Module) -> dict[str, Function]:
    return {node.name: node for node in tree.body if isinstance(node, Function)}


def _is_fixture(function: Function) -> bool:
    return any("fixture" in ast.unparse(decorator) for decorator in function.decorator_list)


def _passes_over(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr in PASSING_OVER for part in ast.walk(node))
