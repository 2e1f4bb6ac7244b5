"""The answers to the steps, one file per flow. `save()` calls one action of the room that owns the data."""
