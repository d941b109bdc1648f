"""What Next.js calls things: which folders are apps, their router directories, file conventions, the gate, and its matcher.

Each room encodes one part of the published framework and says which; none of them reads more than it is asked about, and
none knows an analyzer. https://nextjs.org/docs/app/api-reference/file-conventions
"""
