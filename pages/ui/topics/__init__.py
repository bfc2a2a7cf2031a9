"""The parts of the page on topics."""
