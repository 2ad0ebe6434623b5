"""Tables of papers: what their columns are called, and what becomes of their cells."""
