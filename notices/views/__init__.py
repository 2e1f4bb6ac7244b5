"""Pages of the notices room."""
