"""Lists that are imported into projects."""
