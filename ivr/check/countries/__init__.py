"""One YAML file a country; one that has none is known by its numbering plan alone."""
