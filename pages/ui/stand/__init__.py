"""The parts of the page on who stands where."""
