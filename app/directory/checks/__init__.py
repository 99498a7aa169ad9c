"""Keeping entries right: what anybody says is wrong with one, the queue in which a council answers, and checking each in its turn."""
