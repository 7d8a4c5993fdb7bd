"""The order of the tests: for each worker what takes long first, so that all end at the same time.

xdist cuts the tests into one run for each worker; whoever comes to the end of theirs takes the
later half of what another has left. What takes long must not be what is left: it begins. What
Chromium looks at is one worker's, so that the others start none.
"""

from itertools import groupby, islice

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = dealt(items, workers)


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The same tests: as many for each worker as xdist gives them, what takes long before others."""
    browser = [one for one in items if "browser" in one.keywords]
    slow = [one for one in items if "slow" in one.keywords and "browser" not in one.keywords]
    quick = iter([one for one in items if not {"slow", "browser"} & set(one.keywords)])
    heads: list[list[pytest.Item]] = [browser, *([] for _ in range(workers - 1))]
    others = heads[1:] or heads
    for turn, (_, of_a_file) in enumerate(groupby(slow, key=lambda one: one.path)):
        others[turn % len(others)] += of_a_file
    order: list[pytest.Item] = []
    for turn, head in enumerate(heads):
        share = (len(items) - len(order)) // (workers - turn)
        order += [*head, *islice(quick, max(0, share - len(head)))]
    return [*order, *quick]
