"""Reading the table of a plan's annex as it is printed: pasted, from a workbook or from a Word document."""
