"""Texts and drafts for properties: small, lawful, and as odd as the law lets them be."""

from hypothesis import strategies as st

from app.definitions.tree import Kind, Node, Text, Unlawful, check

WORDINGS = ("a" * 64, "b" * 64, "c" * 64)


@st.composite
def texts(draw: st.DrawFn, clause_max: int = 12) -> Text:
    """A lawful text over a handful of clauses."""
    clauses = draw(st.permutations(range(1, clause_max + 1)))
    text: Text = ()
    for clause in clauses[: draw(st.integers(0, clause_max))]:
        kind = draw(st.sampled_from(Kind))
        node = Node(
            clause,
            kind,
            draw(st.integers(0, (text[-1].depth + 1) if text else 0)),
            draw(st.sampled_from(WORDINGS)),
            draw(st.integers(1, 6)) if kind is Kind.heading else None,
            draw(st.none() | st.integers(0, 9)) if kind is Kind.item else None,
        )
        try:
            check((*text, node))
        except Unlawful:
            continue
        text = (*text, node)
    return text
