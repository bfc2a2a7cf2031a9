"""An edition's tables as memory-mapped columns on the local disk: derived, and rebuilt wherever they are missing."""
