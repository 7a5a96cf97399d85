"""The kinds of paper an escrow knows, as rows of one table.

Everything written, said, found or registered is one thing to the engine: an entry, with stages that are instants.
A preset only says which stages there are and by which act an entry comes to be. A new kind of paper is a new row.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preset:
    """How entries of a kind come to be.

    `signed`: it is complete when every signer has signed the same content, and received when every signature has been
    delivered; otherwise it is made by one act and received with it. `sent`: it travels, and is given under the rule
    for notices. `verbs`: the words for making it. `by_agreement`: the agreement itself makes it.
    """

    word: str
    verbs: tuple[str, ...]
    signed: bool = False
    sent: bool = False
    by_agreement: bool = False

    @property
    def making(self) -> str:
        """The word for making an entry by one act."""
        return next((verb for verb in self.verbs if verb != "sign"), "make")


PRESETS: dict[str, Preset] = {
    preset.word: preset
    for preset in (
        Preset("document", ("sign",), signed=True),
        Preset("writing", ("sign", "present", "issue", "give", "make"), signed=True),
        Preset("amendment", ("sign",), signed=True),
        Preset("waiver", ("sign", "give", "make"), signed=True),
        Preset("notice", ("give", "send", "make", "issue"), sent=True),
        Preset("oral statement", ("state", "give", "make")),
        Preset("finding", ("find", "make")),
        Preset("claim", ("present", "make", "give", "file")),
        Preset("act", ("make", "take", "file")),
        Preset("event", ("report", "make"), by_agreement=True),
        Preset("movement", ()),
    )
}
"""A signed preset without signers (`made by` instead) is made by one act, like an oral statement."""

MAKING_VERBS = frozenset(verb for preset in PRESETS.values() for verb in preset.verbs) - {"sign"}
"""Words that all mean: to make an entry."""
