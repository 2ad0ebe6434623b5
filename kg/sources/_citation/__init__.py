"""A paper as people cite it, taken apart."""
