"""Names of the scene, and the words in it that few read."""

from datetime import timedelta

PUBLIC, INNER = "open-source-ai", "inner-matters"
GROUP, OTHER_GROUP, OTHER_DEFINITION = "open-definitions", "harbour", "open-harbour"
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)

# Words that only some may read; each stands in one thing of the scene.
WORDS = {
    "hidden comment": "marigold",
    "report": "foxglove",
    "reason of a secret vote": "sorrel",
    "recusal": "betony",
    "definition of the group": "valerian",
    "comment in the group": "hellebore",
    "invitation": "wren.attwood@example.org",
    "request to join": "larkspur",
    "suspension": "tansy",
    "interest": "comfrey",
    "block": "Yara Quill",
    "appeal": "speedwell",
    "label of a link": "yarrow",
    "name of a token": "campion",
    "name of a passkey": "bryony",
    "account elsewhere": "chloe-elsewhere@example.org",
    "address of a member": "chloe.marchand@example.org",
}
SECRET_REASON = f"Because of the {WORDS['reason of a secret vote']}."
