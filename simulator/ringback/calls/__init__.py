"""Calls: legs, callees, the log, and the Call resource."""
