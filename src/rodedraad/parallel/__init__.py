"""How is heavy work spread over threads here, or over a cluster, with the same outcome?

The work is cut into chunks of a fixed size, each with random numbers of its own, and what comes
back is in the order of the chunks. So the outcome depends neither on where it was worked out nor
on how many workers there were.
"""

from rodedraad.parallel.chunks import Chunk, chunks_of
from rodedraad.parallel.mapping import map_chunks

__all__ = ["Chunk", "chunks_of", "map_chunks"]
