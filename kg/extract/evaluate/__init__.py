"""How well names are found: annotated texts read, what was found paired with them, and the figures that follow."""
