"""Who is signed in: session tokens, their revocation, and the person behind them."""
