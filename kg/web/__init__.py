"""Pages for people beyond the exports: built from a build folder, read in any browser."""
