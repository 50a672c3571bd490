"""The feedback rooms: telling, logging, the queue and the case."""
