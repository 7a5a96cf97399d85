"""What a sentence can go on with, as a reader is told."""

_PLAIN_NAMES = {
    "NOUN": "a name (Capitalised Words)",
    "STRING": 'words in "quotation marks"',
    "MONEY": "an amount (USD 1,000.00)",
    "NUMBER": "a number",
    "DOTTED": "a number",
    "DATE": "a date (6 September 2005)",
    "TIME": "a time (11:20)",
    "SECTION": "a section number",
    "ROMAN": "an item label, (i)",
    "UPPER": "an item label, (A)",
    "DIGIT": "an item label, (1)",
    "_PAUSE": "a comma",
    "_LISTING": "a comma",
    "_FAILING": "`, failing which`",
    "_OTHERWISE": "`, otherwise`",
    "_AND_FILTER": "`and which` or `and whose`",
    "_WITH_MOST": "`with the latest`, `earliest`, `largest` or `smallest`",
    "SENTENCE": "`, second sentence`",
    ".": "a full stop",
    ":": "a colon",
    ";": "a semicolon",
    "$END": "the end of the text",
}
_FEW = 8
_NOT_WRITTEN = frozenset(("WORD", "ARTICLE", "(", ")"))


def listed(wanted: frozenset[str], likely: tuple[str, ...] = ()) -> str:
    """What the sentence can go on with, the likeliest first, if a reader can take it in."""
    possible = {_PLAIN_NAMES.get(word, f"`{word}`") for word in wanted - _NOT_WRITTEN}
    names = [*likely, *sorted(possible - {*likely})]
    if not names or len(names) > 3 * _FEW:
        return ""
    shown = ", ".join(names[:_FEW])
    return f"Possible here: {shown}{' and others' if len(names) > _FEW else ''}."
