#!/bin/sh
# From the start of a process to its first answer: with a scan, with the index, and with archives of loaded classes.
#
#   framework/benchmarks/startup.sh [rounds]
#   JAVA_HOME=/path/to/jdk-25 framework/benchmarks/startup.sh 30
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B -pl framework/benchmarks -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
    -cp "framework/benchmarks/target/classes:$(cat framework/benchmarks/target/classpath)" dev.bistro.benchmarks.StartupTime "$@"
