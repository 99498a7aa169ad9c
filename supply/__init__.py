"""What others wrote and Fingerpost is built on: which parts, under which licence, known to be unsafe or not, and what an update changed."""
