"""The parts of the page on one speaker."""
