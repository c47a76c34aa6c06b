"""How often may one token or code be used? Counted in memory: no address, no moment is stored."""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable

MOST_KNOWN = 20_000


class Throttle:
    """Lets each key through ``burst`` times at once, and ``per_second`` times after that.

    Every process of the site counts for itself, so with two processes twice as much goes through.
    """

    def __init__(self, burst: float, per_second: float) -> None:
        self.burst = burst
        self.per_second = per_second
        self.left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self.lock = threading.Lock()

    def passes(self, key: Hashable) -> bool:
        """Count one use; say whether it is allowed."""
        now = time.monotonic()
        with self.lock:
            left, since = self.left.pop(key, (self.burst, now))
            left = min(self.burst, left + (now - since) * self.per_second)
            self.left[key] = (left - 1 if left >= 1 else left, now)
            if len(self.left) > MOST_KNOWN:
                self.left.popitem(last=False)
            return left >= 1

    def clear(self) -> None:
        """Forget what was counted."""
        with self.lock:
            self.left.clear()


SAVES = Throttle(burst=60, per_second=5)
"""Per response: a person saves once in some seconds; an outbox sends what it kept at once."""
STARTS = Throttle(burst=300, per_second=20)
"""Per token."""
CODES = Throttle(burst=30, per_second=0.5)
"""Wrong codes, over the whole site: with 60 bits in a code, guessing leads nowhere at any rate."""
