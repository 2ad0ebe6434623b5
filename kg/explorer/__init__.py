"""The explorer: the graph as one interactive page, from fifty nodes to some hundred thousand.

`places` decides where nodes stand, `picture` what is drawn, `details` what is told on demand; `columns` packs both,
and `page` makes one HTML file of them and of the scripts in `assets`.
"""
