"""The sentence of each refusal, as the template has it."""

import re
from functools import cache

from tests.house.plan import TEMPLATES

SENTENCES = TEMPLATES / "layout" / "_refusals.html"


@cache
def sentences() -> dict[str, str]:
    """Each refusal's sentence, with {fact} where one stands; several where facts choose."""
    parts = re.split(r'\bcode == "(\w+)"', SENTENCES.read_text())[1:]
    said = {}
    for code, body in zip(parts[::2], parts[1::2], strict=True):
        found = re.findall(r"{% trans[^%]*%}(.*?){% endtrans %}", body.split("{%- else -%}\n")[0])
        said[code] = " / ".join(re.sub(r"{{ (\w+) }}", r"{\1}", one) for one in found)
    return said
