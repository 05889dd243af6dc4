"""The base of the value types: a few typed fields, given once, equal only to their own kind.

Dataclasses cost a start-up 15 ms, a fifth of the time in which a story is cleaned; named tuples equal every tuple with
the same parts, and `typing`, which makes them, costs 5 ms. So the base is made here; type checkers read it as they
read a dataclass (PEP 681).
"""

from __future__ import annotations

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar, Literal, Self, dataclass_transform
else:

    def dataclass_transform(**_: bool) -> Callable[[type], type]:
        """Do what `typing.dataclass_transform` does in a run: nothing."""
        return lambda kind: kind


@dataclass_transform(frozen_default=True)
class _Kind(type):
    """Makes a slot of each annotated field of a value type, and the function that sets them."""

    __match_args__: tuple[str, ...]

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _Kind:
        fields = tuple(body.get("__annotations__", ()))
        defaults = {field: body.pop(field) for field in fields if field in body}
        body["__slots__"] = body["__match_args__"] = fields
        kind = super().__new__(cls, name, bases, body)
        if fields:
            kind._set = _setter(kind, defaults)  # type: ignore[attr-defined]
            if "__init__" not in body:
                kind.__init__ = kind._set  # type: ignore[attr-defined, misc]
        return kind


def _setter(kind: _Kind, defaults: dict[str, Any]) -> Callable[..., None]:
    """Return a function that sets all fields, written for this kind: one loop for all takes four times as long."""
    slots = {f"_set_{field}": kind.__dict__[field].__set__ for field in kind.__match_args__}
    parameters = [
        f"{field}=defaults[{field!r}]" if field in defaults else field for field in kind.__match_args__
    ]
    body = "".join(f"\n    _set_{field}(self, {field})" for field in kind.__match_args__)
    made: dict[str, Any] = {}
    exec(f"def __init__(self, {', '.join(parameters)}):{body}", slots | {"defaults": defaults}, made)
    function: Callable[..., None] = made["__init__"]
    return function


class Value(metaclass=_Kind):
    """A value: it can't be changed, equals only its own kind, and can be hashed, copied, pickled and matched.

    >>> class Rain(Value):
    ...     place: str
    ...     millimetres: int = 0
    >>> Rain("Kyiv", 3), Rain("Kyiv") == Rain(place="Kyiv"), Rain("Kyiv") == ("Kyiv", 0)
    (Rain(place='Kyiv', millimetres=3), True, False)
    >>> Rain("Kyiv")._replace(millimetres=5).millimetres
    5
    """

    if TYPE_CHECKING:
        _set: ClassVar[Callable[..., None]]

        def __bool__(self) -> Literal[True]: ...

    def _replace(self, **changes: Any) -> Self:
        """Return a copy with these fields changed."""
        value: Any = self
        kept = {field: getattr(value, field) for field in value.__match_args__ if field not in changes}
        return type(self)(**kept, **changes)

    __replace__ = _replace  # copy.replace, from Python 3.13 on

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return _fields(self) == _fields(other)

    def __hash__(self) -> int:
        return hash((type(self), _fields(self)))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in _named(self).items())
        return f"{type(self).__name__}({told})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), _fields(self))


def _fields(value: Any) -> tuple[Any, ...]:
    """Return what the fields of a value hold, in their order."""
    return tuple([getattr(value, field) for field in value.__match_args__])


def _named(value: Any) -> dict[str, Any]:
    return dict(zip(value.__match_args__, _fields(value), strict=True))


def _again(kind: type[Any], fields: tuple[Any, ...]) -> Any:
    """Return the value that was pickled; its fields were checked when it was first made."""
    value = object.__new__(kind)
    kind._set(value, *fields)
    return value
