#!/bin/sh
# Writes an AOT cache for an application: a file with its classes, loaded and linked, for starts that are twice as fast.
# It needs a JDK 25 or later, and curl. See "Faster starts" in production.md.
#
#   aot-cache.sh CACHE PATH… -- JAVA-ARGUMENT…
#   aot-cache.sh shop.aot /products /products/1 -- -cp 'app/*' shop.ShopApplication
#
# It starts the application at a free port, asks for each path, and stops it. What these requests need is in the cache.
set -eu
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
cache="$1"
shift
paths=""
while [ "$1" != "--" ]; do
    paths="$paths $1"
    shift
done
shift

log="$(mktemp)"
rm -f "$cache"
"$java" -XX:AOTCacheOutput="$cache" "$@" --server.port=0 >"$log" 2>&1 &
process=$!
trap 'kill "$process" 2>/dev/null || true; rm -f "$log"' EXIT

address=""
while [ -z "$address" ]; do
    if ! kill -0 "$process" 2>/dev/null; then
        cat "$log" >&2
        rm -f "$cache"
        echo "The application didn't start: no cache was written" >&2
        exit 1
    fi
    sleep 0.1
    address="$(sed -n 's|.* listens on \(https*://[^ ]*\).*|\1|p' "$log")"
done
for path in $paths; do
    curl --silent --show-error --fail --insecure --output /dev/null "$address$path"
done
kill -TERM "$process"
wait "$process" || true # writes the cache
if [ ! -s "$cache" ]; then
    cat "$log" >&2
    echo "No cache was written" >&2
    exit 1
fi
echo "Written: $cache, by a run of $address with$paths"
