"""From what was read and found to a graph: statements with provenance, joined with identity.

`statements` says what one record states; `assemble` joins all statements with the identity table and gives
facts, nodes, edges and their evidence; `rdf` writes them as quads.
"""
