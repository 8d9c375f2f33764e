"""Who is named to callers in each kind of trouble."""
