"""Twilio's REST API on 127.0.0.1: what the unmodified twilio library talks to."""
