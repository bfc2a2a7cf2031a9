"""The parts of the page on who agrees with whom."""
