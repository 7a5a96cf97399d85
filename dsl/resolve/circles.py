"""Things that stand on each other: the order in which each comes after what it stands on, and circles without one."""

from collections.abc import Iterator

Graph = dict[str, tuple[str, ...]]
"""What each thing stands on."""


def in_order(graph: Graph) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The order, and the circles met on the way, each name in at most one of them.

    Depth first without recursion: `path` holds what is being looked at, and a name met again on it closes a circle.
    """
    done: dict[str, None] = {}
    told: set[str] = set()
    circles: list[tuple[str, ...]] = []
    for start in graph:
        path: dict[str, Iterator[str]] = {start: iter(graph[start])} if start not in done else {}
        while path:
            name = next(reversed(path))
            following = next(path[name], None)
            if following is None:
                del path[name]
                done[name] = None
            elif following in path:
                circle = _from(following, tuple(path)) if following not in told else ()
                if circle and not told & set(circle):
                    circles.append(circle)
                    told |= set(circle)
            elif following in graph and following not in done:
                path[following] = iter(graph[following])
    return tuple(done), tuple(circles)


def _from(name: str, path: tuple[str, ...]) -> tuple[str, ...]:
    return path[path.index(name) :]
