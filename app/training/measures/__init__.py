"""What answers say about a module: its questions, what people learned from it and what stayed, from stored counts."""
