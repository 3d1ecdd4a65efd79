#!/usr/bin/env bash
# Brings the incidents of production about, each with a real server process, and prints a line for each: whether what must happen happened, and the figures.
#
#   framework/benchmarks/incidents.sh                            # all rows but the soak, on this JDK and on those from 17 up that lie beside it
#   framework/benchmarks/incidents.sh hang silent                # these rows
#   framework/benchmarks/incidents.sh --jdk=/path/to/jdk-25      # on that JDK only; several may be given
#   framework/benchmarks/incidents.sh --soak=300                 # the soak, so many seconds long
set -euo pipefail
cd "$(dirname "$0")/../.."

default_home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
case " $* " in
*" --jdk="*) homes=() ;;
*)
    homes=("--jdk=$default_home")
    for home in "$(dirname "$default_home")"/*; do
        home=$(readlink -f "$home")
        version=$([ -x "$home/bin/javac" ] && "$home/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p' || true)
        if [ -n "$version" ] && [ "$version" -ge 17 ] && [[ " ${homes[*]} " != *" --jdk=$home "* ]]; then
            homes+=("--jdk=$home")
        fi
    done
    ;;
esac

mvn -q -B -pl framework/benchmarks -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime

# The classes, where another user can read them too: rows with limited threads run the server as one that isn't root.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
classpath=""
IFS=: read -ra entries <<< "framework/benchmarks/target/classes:$(cat framework/benchmarks/target/classpath)"
for i in "${!entries[@]}"; do
    copy="$folder/$i-$(basename "${entries[$i]}")"
    cp -r "${entries[$i]}" "$copy"
    classpath="$classpath:$copy"
done
chmod -R a+rX "$folder"

"$default_home/bin/java" -Xmx1g -cp "${classpath#:}" dev.bistro.incidents.Incidents "${homes[@]}" "$@"
