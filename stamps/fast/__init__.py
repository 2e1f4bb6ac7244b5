"""Scan pages answered before Django: range tables in memory, ready pages, a buffered log (docs/adr/0025)."""
