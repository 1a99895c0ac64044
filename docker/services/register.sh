#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Creates a connector, or changes it, and returns when it and its task run: register.sh URL NAME FILE
set -eu

url=$1/connectors/$2
answer=$(mktemp)

echo "Registering $2 at $1"
tries=0
while true; do
    status=$(curl -sS -o "$answer" -w '%{http_code}' -X PUT -H 'Content-Type: application/json' --data @"$3" \
        "$url/config") || status=none
    case $status in
        200 | 201) break ;;
        # Nobody is there yet, or the workers are agreeing on who does what.
        none | 000 | 409 | 5??) ;;
        *) tries=120 ;;
    esac
    tries=$((tries + 1))
    if [ "$tries" -gt 120 ]; then
        cat "$answer" >&2
        echo >&2
        exit 1
    fi
    sleep 1
done

tries=0
while [ "$tries" -lt 120 ]; do
    curl -sS -o "$answer" "$url/status" || true
    # One for the connector and one for its task.
    if [ "$(grep -o '"state":"RUNNING"' "$answer" | wc -l)" -ge 2 ]; then
        echo "$2 runs"
        exit 0
    fi
    if grep -q '"state":"FAILED"' "$answer"; then
        break
    fi
    tries=$((tries + 1))
    sleep 1
done
cat "$answer" >&2
echo >&2
exit 1
