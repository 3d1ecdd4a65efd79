#!/bin/sh
# What HTTPS costs, beside nginx and Netty: a table of the server's CPU time, and the memory of idle connections.
#
#   framework/benchmarks/tls.sh [rounds [seconds [idle connections]]]
#   JAVA_HOME=/path/to/jdk-25 framework/benchmarks/tls.sh 5
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B -pl framework/benchmarks -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
ulimit -n 20000
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g \
    -cp "framework/benchmarks/target/classes:$(cat framework/benchmarks/target/classpath)" \
    dev.bistro.benchmarks.tls.TlsBenchmark "$@"
