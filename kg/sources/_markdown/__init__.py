"""Markdown: its blocks, the front matter of a page, and a piece of it taken apart as a paper."""
