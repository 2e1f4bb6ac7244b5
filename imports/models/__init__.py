"""Lists that were uploaded, what each of their lines came to, and what was written so that it can be undone."""

from imports.models.batch import ImportBatch, ImportChange, ImportLine
from imports.models.mapping import ColumnMapping

__all__ = ["ColumnMapping", "ImportBatch", "ImportChange", "ImportLine"]
