"""What is one email address, and nothing around it."""

import re

# RFC 5322's dot-atom, with letters of any script as RFC 6531 has them: what else a header would
# read as an address names somebody twice.
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_ATOM}(\.{_ATOM})*@[\w-]+(\.[\w-]+)*")
ADDRESS_LENGTH_MAX = 254


def name_until_asked(email: str) -> str:
    """What somebody is called who came by mail and has not said their name yet."""
    return email.split("@")[0]


def is_plain_address(text: str) -> bool:
    """Whether mail to this text goes to one place."""
    return len(text) <= ADDRESS_LENGTH_MAX and _ADDRESS.fullmatch(text) is not None
