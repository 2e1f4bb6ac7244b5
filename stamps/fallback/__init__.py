"""Pages for when nothing answers: files that the front proxy serves while the whole application is down."""
