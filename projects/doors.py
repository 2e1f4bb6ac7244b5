"""The doors of a project for files: what proves an act, and what is handed out to learners."""

from registry.uploads import PDF, PICTURE, POWERPOINT, WORD, Door

EVIDENCE = Door("evidence", (PDF, WORD, PICTURE), max_megabytes=10)
MATERIALS = Door("materials", (PDF, WORD, POWERPOINT), max_megabytes=20)
