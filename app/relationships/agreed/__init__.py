"""What a council and its practices agree: the pledge, and the plan of actions."""
