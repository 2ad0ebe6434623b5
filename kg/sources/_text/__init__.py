"""Plain text: its lines and blocks, lists in it, a paper as a sheet of lines, and lines of names."""
