"""What nobody should send: one corpus for every field of every form and of the API."""

from typing import Any

MARK = "pwned"

# name: text. What a person with bad intentions, a broken program or an old cookie sends.
TEXTS = {
    "nothing": "",
    "blank": "   \n\t ",
    "too long": "long " * 6_000,  # beyond all but a draft, which has its own test
    "one long word": "x" * 40_000,
    "script": f"<script>{MARK}()</script>",
    "broken out of": f'"><img src=x onerror={MARK}()>',
    "out of a text area": f"</textarea><svg onload={MARK}()>",
    "in Markdown": f"[x](javascript:{MARK}()) ![y](data:text/html,{MARK}) <b onclick={MARK}()>",
    "template": "{{ 7 * 191 }}{% raw %}${7*191}#{7*191}",
    "SQL": "'; DROP TABLE persons; --",
    "zero byte": "before\x00after",
    "control": "bell\x07 escape\x1b[31m",
    "header": "x\r\nSet-Cookie: stolen=1",
    "path": "../../../../etc/passwd",
    "formula": "=HYPERLINK('http://elsewhere.example')",
    "direction": "\u202etxet desrever\u202c \u2066isolate",
    "combining": "Z" + "\u0335" * 200,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 20,
    "noncharacter": "\ufffe\uffff\U0010ffff",
    "number": "99999999999999999999999999",
    "minus": "-1",
    "no number": "NaN",
    "huge exponent": "1e999",
    "fraction of nothing": "1/0",
    "no date": "2024-02-31T25:61",
    "year zero": "0000-00-00T00:00",
    "far year": "9999-12-31T23:59",
    "elsewhere": "//elsewhere.example/x",
}

# The few that a field gets whose like had everything before: words, and what is chosen or counted.
FEW_WORDS = {"nothing", "too long", "script", "zero byte", "noncharacter"}
FEW_OTHERS = {"nothing", "too long", "script", "zero byte", "number", "no date"}
# Of these, what one database keeps and another does not.
AMISS = {"too long", "zero byte", "noncharacter", "number"}


def few(*, words: bool, backend: str = "sqlite") -> dict[str, str]:
    """The few for a field of words, or for any other; on the second database, what it may take
    amiss."""
    names = FEW_WORDS if words else FEW_OTHERS
    return {
        name: TEXTS[name]
        for name in TEXTS
        if name in names and (_on_first(backend) or name in AMISS)
    }


def queries(backend: str = "sqlite") -> dict[str, str]:
    """What a query may carry, whose parts are words and others in one."""
    return few(words=True, backend=backend) | few(words=False, backend=backend)


def _on_first(backend: str) -> bool:
    return backend == "sqlite"


# Raw bytes of a form field, percent-encoded, that are no UTF-8.
NOT_UTF_8 = "%ff%fe%80"
LONE_SURROGATE = "%ed%a0%80"

# What JSON may carry instead of a text.
VALUES: dict[str, Any] = {
    "null": None,
    "true": True,
    "zero": 0,
    "minus one": -1,
    "beyond 64 bits": 2**70,
    "a fraction": 0.1,
    "a list": ["x"],
    "an object": {"$ne": None},
    "deep": [[[[[[[[[[]]]]]]]]]],
    "a lone surrogate": "\ud800",
}

# The few of them that a field of words gets, and any other: what is of another type is refused
# before all else, whatever it is.
FEW_VALUES_OF_WORDS = {"beyond 64 bits", "a lone surrogate"}
FEW_VALUES_OF_OTHERS = {"zero", "minus one", "beyond 64 bits", "a lone surrogate"}
VALUES_AMISS = {"beyond 64 bits", "a lone surrogate"}


def few_values(*, words: bool, backend: str = "sqlite") -> dict[str, Any]:
    """The few of what JSON may carry, as ``few`` of texts."""
    names = FEW_VALUES_OF_WORDS if words else FEW_VALUES_OF_OTHERS
    return {
        name: VALUES[name]
        for name in VALUES
        if name in names and (_on_first(backend) or name in VALUES_AMISS)
    }


# Parts of an address, percent-encoded; of these, the few where parts of the same names had all.
PARTS = [
    "0",
    "-1",
    "abc",
    "9" * 30,
    "%00",
    "%ff",
    "..%2f..",
    "1e5",
    "١",
    "a" * 3000,
    "%0d%0aX: y",
]
FEW_PARTS = ["abc", "9" * 30, "%00", "a" * 3000]
PARTS_AMISS = ["9" * 30, "%00", "%ff", "a" * 3000]


BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "a text": b'"words"',
    "null": b"null",
    "not UTF-8": b'{"body": "\xff\xfe"}',
    "deep": b"[" * 100_000,
    "a name twice": b'{"body": "a", "body": "b"}',
    "not a number": b'{"body": NaN}',
}
