"""Pages of the registry, by thing."""
