"""What nobody should send: one corpus for every field of every form and of the API."""

from typing import Any

MARK = "pwned"

# name: text. What a person with bad intentions, a broken program or an old cookie sends.
TEXTS = {
    "nothing": "",
    "blank": "   \n\t ",
    "too long": "long " * 30_000,
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

# The few that a field of no free text gets, and that a database may take amiss.
FEW = {"nothing", "too long", "script", "zero byte", "noncharacter", "number", "no date"}
# Of these, what one database keeps and another does not.
AMISS = {"too long", "zero byte", "noncharacter", "number"}


def texts(*, all_of_them: bool = False, backend: str = "sqlite") -> dict[str, str]:
    """The corpus, or the few; on the second database, what it may take amiss."""
    few = FEW if backend == "sqlite" else AMISS
    return {name: text for name, text in TEXTS.items() if all_of_them or name in few}


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

# The few of them that reach a database: numbers of the right type, and a text that it can't keep.
FEW_VALUES = {"zero", "minus one", "beyond 64 bits", "a lone surrogate"}


def values(*, all_of_them: bool) -> dict[str, Any]:
    """What JSON may carry, or the few."""
    return {name: value for name, value in VALUES.items() if all_of_them or name in FEW_VALUES}


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
