"""What a stamp is at a moment: ranges laid on each other, its standing, and the ledger it lies in."""
