#!/usr/bin/env bash
# Makes a base image as `docker save` writes it: Java by jlink, what it needs of this machine's C library, and nothing
# else. So it is for a machine where no registry is reachable; one with a registry gets security fixes by its base.
#
#   sample-shop/deploy/base.sh sample-shop/target/base.tar
set -euo pipefail
target=$(realpath --canonicalize-missing "$1")
mkdir -p "$(dirname "$target")"
home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root"/{etc,tmp,opt} "$work/image/layer"
chmod 1777 "$root/tmp"

"$home/bin/jlink" --output "$root/opt/java" --no-header-files --no-man-pages --strip-java-debug-attributes \
    --add-modules java.se,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs

# The libraries that Java is linked with, and those by which the C library looks names up. What Java has for windows,
# fonts and pictures stays without its libraries: a server loads none of it, and they are half of a desktop.
copy() {
    mkdir -p "$root$(dirname "$1")"
    cp --dereference "$1" "$root$1"
}
find "$root/opt/java" -type f \( -name '*.so' -o -path '*/bin/*' \) \
    ! -name 'lib*awt*' ! -name 'libfontmanager*' ! -name 'libfreetype*' ! -name 'libjavajpeg*' ! -name 'liblcms*' \
    ! -name 'libmlib*' ! -name 'libsplashscreen*' ! -name 'libjsound*' -exec ldd {} + 2> /dev/null \
    | grep -o '/[^ ]*\.so[^ ]*' | grep -v "^$root" | sort -u > "$work/libraries"
libc=$(grep -m1 '/libc\.so' "$work/libraries")
for name in libnss_files.so.2 libnss_dns.so.2 libresolv.so.2; do
    [ ! -e "$(dirname "$libc")/$name" ] || echo "$(dirname "$libc")/$name" >> "$work/libraries"
done
while read -r library; do
    copy "$library"
done < "$work/libraries"
printf 'root:x:0:0::/:/\nshop:x:10001:10001::/:/\n' > "$root/etc/passwd"
printf 'root:x:0:\nshop:x:10001:\n' > "$root/etc/group"
printf 'hosts: files dns\n' > "$root/etc/nsswitch.conf"

# A layer, a description, and a list of both.
tar --create --file "$work/image/layer/layer.tar" --directory "$root" --sort=name --mtime=@0 --owner=0 --group=0 \
    --numeric-owner .
layer=$(sha256sum "$work/image/layer/layer.tar" | cut -d' ' -f1)
case $(uname -m) in
x86_64) architecture=amd64 ;;
aarch64) architecture=arm64 ;;
*) architecture=$(uname -m) ;;
esac
cat > "$work/image/config.json" << EOF
{"architecture":"$architecture","os":"linux","config":{"Env":["PATH=/opt/java/bin","JAVA_HOME=/opt/java"]},
 "rootfs":{"type":"layers","diff_ids":["sha256:$layer"]},"history":[{"created":"1970-01-01T00:00:00Z"}]}
EOF
echo '[{"Config":"config.json","RepoTags":["bistro-base:latest"],"Layers":["layer/layer.tar"]}]' \
    > "$work/image/manifest.json"
tar --create --file "$target" --directory "$work/image" manifest.json config.json layer/layer.tar
