"""Where answers are kept between requests: in the process, or in a Redis that all workers share."""

from typing import Any

import flask
from cachelib.serializers import BaseSerializer
from flask_caching import Cache
from flask_caching.backends.rediscache import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

from data import settings

#: How long one question may wait for a Redis that is slow; asking the warehouse is the other way.
PATIENCE_SECONDS = 0.1


class _AsTheyAre(BaseSerializer):
    """Hands bytes on: the default would unpickle, and so run, whatever lies under a key."""

    def dumps(self, value: Any, protocol: int = 0) -> bytes:  # noqa: ARG002 -- cachelib asks so
        if not isinstance(value, bytes):
            raise TypeError(f"The cache keeps bytes only, not {type(value).__name__}.")
        return value

    def loads(self, bvalue: Any) -> Any:
        return bvalue


class SharedCache(RedisCache):
    """Redis whose values are bytes, never objects; what they mean is checked when unpacked."""

    serializer = _AsTheyAre()


def answer_store(server: flask.Flask) -> Cache:
    """Return the cache that the settings name."""
    config: dict[str, Any] = {"CACHE_DEFAULT_TIMEOUT": settings.number("CACHE_SECONDS")}
    if url := settings.value("CACHE_URL"):
        config |= {
            "CACHE_TYPE": f"{SharedCache.__module__}.{SharedCache.__name__}",
            "CACHE_REDIS_URL": url,
            "CACHE_OPTIONS": {
                "socket_timeout": PATIENCE_SECONDS,
                "socket_connect_timeout": PATIENCE_SECONDS,
                "retry": Retry(NoBackoff(), 0),
            },
        }
    else:
        config |= {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 4_000}
    cache = Cache(config=config)
    cache.init_app(server)
    return cache
