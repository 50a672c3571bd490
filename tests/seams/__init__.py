"""The gateway and the real services, joined in process: each client reads what each service answers."""
