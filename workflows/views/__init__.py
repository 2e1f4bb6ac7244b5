"""Pages that show more than one room: the desk, the project, the deliverable."""
