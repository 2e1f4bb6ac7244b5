"""What people type for a paper because no record holds it: one plain form per kind, a module per family."""
