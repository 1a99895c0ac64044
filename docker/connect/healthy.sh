#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Succeeds if the worker reports that it is ready (KIP-1017). The official image has no curl.
exec 3<> /dev/tcp/127.0.0.1/8083 || exit 1
printf 'GET /health HTTP/1.0\r\n\r\n' >&3
read -r _ status _ <&3
[[ $status == 200 ]]
