#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Creates or updates a connector, and returns when it and its task are running: register.sh URL NAME FILE
set -eu

url=$1/connectors/$2
response=$(mktemp)

echo "Registering $2 at $1"
tries=0
while true; do
    status=$(curl -sS -o "$response" -w '%{http_code}' -X PUT -H 'Content-Type: application/json' --data @"$3" \
        "$url/config") || status=none
    case $status in
        200 | 201) break ;;
        # The worker has not started yet, or its group is rebalancing.
        none | 000 | 409 | 5??) ;;
        *) tries=120 ;;
    esac
    tries=$((tries + 1))
    if [ "$tries" -gt 120 ]; then
        cat "$response" >&2
        echo >&2
        exit 1
    fi
    sleep 1
done

tries=0
while [ "$tries" -lt 120 ]; do
    curl -sS -o "$response" "$url/status" || true
    # One for the connector and one for its task.
    if [ "$(grep -o '"state":"RUNNING"' "$response" | wc -l)" -ge 2 ]; then
        echo "$2 is running"
        exit 0
    fi
    if grep -q '"state":"FAILED"' "$response"; then
        break
    fi
    tries=$((tries + 1))
    sleep 1
done
cat "$response" >&2
echo >&2
exit 1
