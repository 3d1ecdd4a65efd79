#!/bin/sh
# Has each program that reads a file of this folder check it, where the program is there. The status isn't 0 if one
# finds a fault.
set -eu
cd "$(dirname "$0")"

if command -v systemd-analyze > /dev/null; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    cp systemd/shop@.service "$work/shop@8081.service"
    systemd-analyze verify --man=no "$work/shop@8081.service"
    echo "shop@.service: checked by systemd-analyze"
else
    echo "shop@.service: not checked, as there is no systemd-analyze"
fi

if docker compose version > /dev/null 2>&1; then
    SHOP_DATABASE_PASSWORD=x SHOP_ADMIN_PASSWORD=x docker compose --file compose.yaml config --quiet
    echo "compose.yaml: checked by docker compose"
elif python3 -c 'import yaml' 2> /dev/null; then
    python3 - << 'EOF'
import yaml
file = yaml.safe_load(open("compose.yaml"))
known = {"image", "environment", "depends_on", "networks", "restart", "stop_grace_period", "mem_limit", "read_only",
         "tmpfs", "cap_drop", "security_opt", "volumes", "healthcheck", "ports"}
for name, service in file["services"].items():
    assert service.keys() <= known, f"{name} has {service.keys() - known}"
    assert set(service["networks"]) <= file["networks"].keys(), f"{name} is in a network that isn't there"
    assert set(service["depends_on"] if "depends_on" in service else ()) <= file["services"].keys(), name
    for volume in service.get("volumes", ()):
        source = volume.split(":")[0]
        assert source.startswith("./") or source in file["volumes"], f"{name} has the volume {source}"
EOF
    echo "compose.yaml: its syntax, names and keys were looked at, as there is no docker compose"
else
    echo "compose.yaml: not checked, as there is neither docker compose nor Python's yaml"
fi

for script in *.sh systemd/restart-all; do
    sh -n "$script" 2> /dev/null || bash -n "$script"
done
echo "Scripts: syntax checked"
echo "nginx' files: ShopDeployTest starts nginx with them"
