"""What is searched for.

Typed letter by letter: names common and rare, an accent, numbers as people write them, what is not there.
"""

TEXTS = (
    "harbour dental",
    "siân",
    "7946 0458",
    "+44 7700 900",
    "okafor",
    "smith",
    "vets",
    "anonymous",
    "qqq",
    "0161 496",
)
