#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs one of the programs of the image: order-board, sales, traffic or register.
set -eu

options='-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError'
name=${1:?order-board, sales, traffic or register}
shift
case $name in
    order-board) exec java $options -cp '/opt/services/*:/opt/services/lib/*' dev.tributary.services.orderboard.OrderBoard ;;
    sales) exec java $options -cp '/opt/services/*:/opt/services/lib/*' dev.tributary.services.sales.Sales ;;
    traffic) exec java $options -cp '/opt/traffic/*:/opt/traffic/lib/*' dev.tributary.sampledb.TrafficCommand "$@" ;;
    register) exec sh /opt/tributary/register.sh "$@" ;;
    *) echo "unknown program $name; expected order-board, sales, traffic or register" >&2; exit 64 ;;
esac
