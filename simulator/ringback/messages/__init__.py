"""Messages: sent, delivered, received, and the Message resource."""
