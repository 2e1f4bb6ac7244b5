"""What a stamp carries for a machine or a person to give back: serials, hidden codes, reference numbers."""
