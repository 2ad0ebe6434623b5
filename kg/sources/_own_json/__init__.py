"""Papers in JSON of people's own making: what its keys mean, and where in it the papers are."""
