"""Training of the small models of identity, from annotated signatures that are not part of the repository."""
