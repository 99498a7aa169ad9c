"""Records of completion, their numbers, and the log of what somebody has learnt."""
