"""Articles from the outside: files, folders, and the seeds that come with the program."""
