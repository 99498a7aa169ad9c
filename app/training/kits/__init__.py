"""Kits for meetings of a practice with a social work team: the second kind of module, worked through in a room."""
