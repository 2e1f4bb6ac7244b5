"""Ratios that say whether a promise about speed holds, each measured within one run."""
