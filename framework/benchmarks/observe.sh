#!/bin/sh
# What it costs that a server is observed: metrics, the access log and traces, each on and off, in the server's CPU time.
#
#   framework/benchmarks/observe.sh [rounds [seconds]]
#   JAVA_HOME=/path/to/jdk-25 framework/benchmarks/observe.sh 9 5
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B -pl framework/benchmarks -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m \
    -cp "framework/benchmarks/target/classes:$(cat framework/benchmarks/target/classpath)" \
    dev.bistro.benchmarks.observe.ObservationBenchmark "$@"
