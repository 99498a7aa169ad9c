"""What a learner still knows one to two weeks and three months after a module, and the letters that remind of it."""
