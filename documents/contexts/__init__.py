"""What papers print that are no deliverables of a project: one frozen dataclass per kind, a module per family.

Texts are ready to print, dates are dd/mm/yyyy, counts are whole numbers; what the records do not know and a
person writes on the printed sheet is a dotted line. Number, date, agency and signature are not here: they
belong to the letterhead, which changes when the paper is issued.
"""
