"""The demo: seed data, and the run of the main job on it."""
