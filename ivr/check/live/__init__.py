"""What `ivr check --live` asks of the network."""
