"""The page of one allocation, part by part, as its reader may know it."""
