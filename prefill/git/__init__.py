"""Reads a repository's git data (index, ignore rules, refs, objects) as files: git itself is never run."""
