"""Forms of the stamps room, by theme."""
