"""The dashboard's pages; `dashboard.py` is the only entry point."""
