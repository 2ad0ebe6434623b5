"""What is on the shelf."""
from datetime import date

ME = "Ida Teapot"
SHELF = [
    {
        "title": r"On the $\alpha$ of leaves", "authors": (ME, "Bo Pot"),  # two of us
        "year": 2020, "doi": None, "read": True, "seen": date(2021, 2, 3),
    },
    {"title": "Sugar "
              "or not", "authors": ["Eve Fox"], "year": "2019", "abstract": """We ask."""},
]
