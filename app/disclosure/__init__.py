"""What may be published of a count. Pure; every published number passes through it."""
