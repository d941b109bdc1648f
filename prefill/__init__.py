"""Facts from a repository for the project section of an AI task document; importing this starts nothing."""

__version__ = "0.1.0"
