"""What a token may be made for, and used for."""

from collections.abc import Collection

from app.kit.refusals import Refusal
from app.kit.scopes import Scope
from app.people.models import Token


def may_make_token(scopes: Collection[Scope]) -> Refusal | None:
    """A token that is for nothing is a slip."""
    return None if scopes else Refusal("token_without_scope")


def may_use_token(token: Token, scope: Scope) -> Refusal | None:
    """Only for what it was made for, whatever its owner may do."""
    return None if scope in token.scopes.split() else Refusal("token_lacks_scope", scope=scope)
