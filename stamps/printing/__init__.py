"""From ranges to paper: symbols, labels, sheets and rolls, and reading them back."""
