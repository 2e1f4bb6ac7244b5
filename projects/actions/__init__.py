"""Every change of state in a pilot project, by thing: project, deliverable, fieldwork."""
