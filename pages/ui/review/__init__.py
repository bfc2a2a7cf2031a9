"""The parts of correcting: the editor of a statement, the log, what is least sure, people, previews."""
