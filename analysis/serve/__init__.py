"""What the dashboard reads of an edition: its columns on the local disk, and the texts that are asked for.

The columns are derived from the store and made again wherever they are missing.
"""
