"""The built-in analyzers: one module each, from an app to facts with evidence."""
