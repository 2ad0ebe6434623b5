"""Networks as arrays: what is measured in them, their communities, and where their nodes stand in a picture.

Nothing here knows of papers: in go numbers of nodes and of links, out come arrays.
"""
