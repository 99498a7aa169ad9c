"""Joint sessions: both professions judge the same story, each by itself, and then see their answers side by side."""
