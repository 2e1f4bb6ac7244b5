"""Small private flows that exercise the engine; real flows have their own tests."""
