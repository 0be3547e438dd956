"""Second factors: authenticator codes, recovery codes, passkeys; who needs one; what a half-open session may see."""
