"""The one database: its tables, how they are reached, and how they change."""
