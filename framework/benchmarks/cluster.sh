#!/bin/sh
# Three instances with one database behind nginx: restarted one after the other, killed, and their store killed, under
# load. Prints what came of the requests, and fails if one failed in the rolling restart, or anything is lost or twice.
#
#   framework/benchmarks/cluster.sh [postgresql|redis [rounds]]
#   JAVA_HOME=/path/to/jdk-25 framework/benchmarks/cluster.sh postgresql 10
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B -pl framework/benchmarks -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
benchmarks=$PWD/framework/benchmarks
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -cp "$benchmarks/target/classes:$(cat "$benchmarks/target/classpath")" \
    dev.bistro.cluster.Cluster "$@"
