"""Pages of programmes and pilot projects that need nothing from the rooms above."""
