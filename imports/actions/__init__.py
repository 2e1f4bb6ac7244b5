"""Every change of state of an import: file taken in, columns set, checked, written, undone."""

from imports.actions.checking import set_columns
from imports.actions.running import run_batch
from imports.actions.undoing import undo_batch
from imports.actions.uploading import upload_list

__all__ = ["run_batch", "set_columns", "undo_batch", "upload_list"]
