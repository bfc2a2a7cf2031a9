"""The parts of the page on how far codes can be trusted."""
