"""BibTeX: its language, the fields of its entries, and their authors."""
