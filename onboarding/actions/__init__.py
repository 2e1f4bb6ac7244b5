"""Every change of state of onboarding, by thing."""
