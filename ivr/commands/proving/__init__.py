"""What `ivr prove` prints, and how it asks the webhooks."""
