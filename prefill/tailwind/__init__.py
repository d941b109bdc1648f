"""Tailwind CSS as its own compiler sees it: stylesheets (version 4), configurations (version 3), and shadcn/ui's `components.json`."""
