"""What pages read: an edition's facts to count on, and its texts where somebody reads them."""
