"""Who did what, and when: a chain of entries that can only be added to. Ids and closed words; never personal or free text."""
