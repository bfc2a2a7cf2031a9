"""The parts of the page on what is named together."""
