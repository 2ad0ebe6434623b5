"""What the readers of JATS and its kin share."""
