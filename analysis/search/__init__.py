"""Search that finds words in whatever way they are written: keys of words, the query language, the index."""
