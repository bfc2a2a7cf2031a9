"""Measures: tables in, tables out. Nothing here knows of a store or of a page."""
