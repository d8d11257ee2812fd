"""Files that users bring: postcodes, and the areas in which they lie."""
