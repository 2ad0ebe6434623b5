"""The stages in their order: from files to a graph in a build folder.

`stages` are the functions on rows, `corpus` reads what has changed, `identity` joins the three kinds of resolution,
`build` runs everything and publishes a version, `opened` reads a version back, `why` finds the passages behind an edge,
`decide` writes down what people decide.
"""
