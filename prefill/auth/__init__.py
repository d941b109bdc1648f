"""Who authenticates: the libraries that do it, and which functions of a repository reach them."""
