#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs what the image is for: order-board, sales, traffic, or register.
set -eu

options='-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError'
name=${1:?order-board, sales, traffic or register}
shift
case $name in
    order-board) exec java $options -cp '/opt/services/*:/opt/services/lib/*' dev.tributary.services.orderboard.OrderBoard ;;
    sales) exec java $options -cp '/opt/services/*:/opt/services/lib/*' dev.tributary.services.sales.Sales ;;
    traffic) exec java $options -cp '/opt/traffic/*:/opt/traffic/lib/*' dev.tributary.sampledb.TrafficCommand "$@" ;;
    register) exec sh /opt/tributary/register.sh "$@" ;;
    *) echo "there is no $name here: order-board, sales, traffic, register" >&2; exit 64 ;;
esac
