#!/usr/bin/env bash
# Makes the image of the shop by jib, as a file for `docker load`: sample-shop/target/jib-image.tar
#
#   sample-shop/deploy/image.sh                            # on eclipse-temurin's JRE, from the registry
#   sample-shop/deploy/image.sh registry.example/jre:17    # on that
#   sample-shop/deploy/image.sh --own-base                 # on a base that is made here by jlink, without any registry
set -euo pipefail
cd "$(dirname "$0")/../.."

case "${1:-}" in
--own-base)
    base="tar://$PWD/sample-shop/target/base.tar"
    sample-shop/deploy/base.sh sample-shop/target/base.tar
    ;;
*) base=${1:-eclipse-temurin:17-jre} ;;
esac
mvn -q -B -Pimage -pl sample-shop -am package -Dmaven.test.skip=true -Dimage.base="$base"
echo "sample-shop/target/jib-image.tar: docker load --input sample-shop/target/jib-image.tar"
