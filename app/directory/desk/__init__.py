"""The editors' desk: what a council's editors add to the directory and change in it, approved by a second person, and undone."""
