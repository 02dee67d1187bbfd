#!/usr/bin/env bash
# Runs a command beside a throwaway PostgreSQL of its own: `postgres.sh COMMAND …`.
# The server listens on loopback, keeps everything in a temporary folder, and ends with the command.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
folder=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo 54329)
# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
[ "$(id -u)" -eq 0 ] && chown postgres "$folder"
stop() { as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
cd "$folder"
as_postgres "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --no-sync >/dev/null
as_postgres "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o \
  "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c max_connections=400" start >/dev/null
cd - >/dev/null
UNDERSIGNED_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port" "$@"
