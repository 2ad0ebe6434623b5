"""How what ships was learned from annotated abstracts: one module per thing that is learned, run with `python -m`."""
