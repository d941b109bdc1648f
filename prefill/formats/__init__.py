"""Thin faces over well-kept parsers: each gives a value, or a located error, and finds the line of a key path on demand."""
