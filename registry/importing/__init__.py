"""Importing the OCOP lists that provinces keep: what their columns mean, and what they would change."""
