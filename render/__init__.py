"""Facts to Markdown, and Markdown into documents."""
