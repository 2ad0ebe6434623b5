"""The explorer: the graph as one interactive page, from fifty nodes to some hundred thousand.

`ties` says what ties the nodes of each view, `places` decides where they stand and `naming` what their communities are
called; `picture` is what is drawn, `groups` what nodes can be coloured by besides, `details` what is told on demand; `columns`
packs all of it, and `page` makes one HTML file of that and of the scripts in `assets`.
"""
