"""What the pages share: state, labels, looks, charts."""
