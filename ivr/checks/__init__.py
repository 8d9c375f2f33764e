"""`ivr check` whole: the engine's checks, and those that need readings, messages or the network."""
