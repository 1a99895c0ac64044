#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whether the worker is ready, as it says itself (KIP-1017). There is no curl in the official image.
exec 3<> /dev/tcp/127.0.0.1/8083 || exit 1
printf 'GET /health HTTP/1.0\r\n\r\n' >&3
read -r _ status _ <&3
[[ $status == 200 ]]
