"""The parts of the page on blind double coding."""
