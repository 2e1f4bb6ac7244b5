"""The resolver of printed codes: a GS1-Conformant Resolver (1.2.0), for GS1 keys and for our own codes."""
