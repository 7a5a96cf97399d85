"""The marks that stand in a sentence until it is laid out, and the measures of a page.

The marks for spaces are white space to Python, so a text with marks is cut into words like any other.
"""

WIDTH = 120
STEP = 2

START = "\x01"
THE = "\x02"
A = "\x03"
STATEMENT = "\x1c"
PART = "\x1d"
JOIN = "\x1e"
TURN = "\x1f"
GLUE = "\xa0"
