"""Test data: small, fictional, the same names everywhere."""
