"""JSON of any size: its parser, a value with its place, and values one after another."""
