"""Sites, the services they use and who produces each."""
