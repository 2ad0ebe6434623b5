"""XML of any size: one element after another, and what becomes of their texts."""
