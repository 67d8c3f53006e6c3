"""Places of Ukraine: units, forms of their names, coordinates; knows nothing of posts."""
