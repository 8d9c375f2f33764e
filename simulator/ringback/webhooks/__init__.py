"""How the carrier asks an app: parameters, signature, cookies, transports, errors."""
