"""Two questions while you wait: questions that a learner has answered before come back when they are about to be forgotten."""
