"""What sounds on a call, and how long it lasts."""
