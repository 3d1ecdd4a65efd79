#!/bin/sh
# What a request costs: bytes allocated and processor time of the server's threads, beside a loop with canned answers.
#
#   framework/benchmarks/requests.sh [rounds [milliseconds]]
#   JAVA_HOME=/path/to/jdk-25 framework/benchmarks/requests.sh 9 3000
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B -pl framework/benchmarks -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m \
    -cp "framework/benchmarks/target/classes:$(cat framework/benchmarks/target/classpath)" \
    dev.bistro.benchmarks.requests.RequestBenchmark "$@"
