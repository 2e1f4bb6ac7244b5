"""Long work: tasks that a worker does beside the web, in chunks, with progress that people see."""
