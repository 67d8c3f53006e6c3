"""The review of protective measures: what was warned of, how long it lasted, what came late."""
