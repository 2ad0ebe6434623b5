"""Web pages: their elements, the ways in which they tell of papers, and lists of papers in them."""
