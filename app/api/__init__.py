"""HTTP: the service as REST, with every error as RFC 9457 problem details."""
