"""What several commands share: options, the account, terminals, recordings, reports."""
