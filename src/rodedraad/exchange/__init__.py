"""Which outside formats are read and written? One package per format.

Nothing here knows Django or another room: it takes files and bytes, and gives frozen objects.
"""
