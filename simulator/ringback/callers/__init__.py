"""Who holds the phone: a script, a person at a keypad, a browser."""
