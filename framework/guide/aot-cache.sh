#!/bin/sh
# Writes an AOT cache for an application: a file with its classes, loaded and linked, for starts that are twice as fast.
# It needs a JDK 25 or later, and curl. See "Faster starts" in production.md.
#
#   aot-cache.sh CACHE PATH… -- JAVA-ARGUMENT…
#   aot-cache.sh shop.aot /products /products/1 -- -cp 'app/*' shop.ShopApplication
#
# It starts the application at a free port, asks for each path, and stops it. What these requests need is in the cache.
# The line with the address has to come on standard output or standard error, as it does unless the log is elsewhere.
set -euf
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
case " $* " in
*" -- "*) ;;
*)
    echo "usage: aot-cache.sh CACHE PATH… -- JAVA-ARGUMENT…" >&2
    exit 2
    ;;
esac
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
trap 'exit 130' INT TERM

# Says why there is no cache, and leaves none.
fail() {
    cat "$log" >&2
    kill "$process" 2>/dev/null || true
    wait "$process" || true
    rm -f "$cache"
    echo "$1: no cache was written" >&2
    exit 1
}

address=""
tries=0
while [ -z "$address" ]; do
    kill -0 "$process" 2>/dev/null || fail "The application didn't start"
    [ "$tries" -lt 1200 ] || fail "The application didn't say for two minutes where it listens"
    tries=$((tries + 1))
    sleep 0.1
    address="$(sed -n 's|.* listens on \(https*://[^ ]*\).*|\1|p' "$log")"
done
for path in $paths; do
    curl --silent --show-error --fail --insecure --globoff --output /dev/null "$address$path" ||
        fail "$path wasn't answered with success"
done
kill -TERM "$process"
wait "$process" || true # writes the cache
[ -s "$cache" ] || fail "Java wrote nothing"
echo "Written: $cache, by a run of $address with$paths"
