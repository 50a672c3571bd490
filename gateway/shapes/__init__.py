"""What the answers and requests of `/api/v1` look like, for the document and for tolerant reading.

The services own their wire shapes. These classes are the gateway's own reading of them: a plain operation
passes bytes through and uses them for the document only; composed answers read parts with them.
"""
