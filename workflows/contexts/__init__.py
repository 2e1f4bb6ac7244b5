"""Builders of the papers' data: each reads the case as it is and returns the paper's frozen dataclass.

A builder takes the deliverable and the day of the paper, writes nothing, asks the database the same
few questions whatever the number of products, and raises NotReady with everything that is missing.
What it prints is Vietnamese, whatever the language of the interface.
"""
