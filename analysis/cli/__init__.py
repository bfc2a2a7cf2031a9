"""The verbs of the command line, one module a group; `analysis.__main__` puts them together."""
