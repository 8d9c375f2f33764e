"""TwiML: read, checked against its schema, and executed verb by verb."""
