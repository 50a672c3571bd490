"""What a signed-in person may see, answered to the gateway."""
