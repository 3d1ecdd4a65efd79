#!/bin/sh
# What a read and a write of a database cost by @Transactional, by hand, and with Spring Boot, in the server's CPU time.
#
#   framework/benchmarks/database.sh [rounds [seconds]]
#   JAVA_HOME=/path/to/jdk-25 framework/benchmarks/database.sh 9 5
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B -pl framework/benchmarks -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
spring=framework/benchmarks/spring
mvn -q -B -f "$spring" compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m \
    -cp "framework/benchmarks/target/classes:$(cat framework/benchmarks/target/classpath)" \
    dev.bistro.benchmarks.database.DatabaseBenchmark "$spring/target/classes:$(cat "$spring/target/classpath")" "$@"
