"""Whether a document is of this world at all: of states, their organizations and officials."""

from ciskg.extract.context import Context
from ciskg.recognise import Holder, Recognised


def speaks_of_states(read: Recognised, context: Context) -> bool:
    """Whether the document names a body, or one who holds an office of a state or organization.

    A match report and a company's news name states too, but nobody who acts for them.
    """
    if context.organization:
        return True
    known = context.lexicon.by_name
    if any(o.of in known for offices in context.offices.values() for o in offices):
        return True
    for sentence in read.sentences:
        for mention in sentence.encoded.mentions.values():
            if mention.kind in ("body", "summit"):
                return True
            if isinstance(mention.value, Holder) and any(
                o.of in known for o in mention.value.offices
            ):
                return True
    return False
