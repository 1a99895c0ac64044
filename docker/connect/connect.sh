#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Starts a Connect worker. Each environment variable CONNECT_* is a property of the worker: in capitals, with _ for a dot and
# __ for a _, such as CONNECT_BOOTSTRAP_SERVERS.
set -euo pipefail

: "${CONNECT_BOOTSTRAP_SERVERS:?host:port of a broker}"
: "${CONNECT_GROUP_ID:=connect}"

# Defaults.
declare -A properties=(
    [group.id]=$CONNECT_GROUP_ID
    [config.storage.topic]=$CONNECT_GROUP_ID-configs
    [offset.storage.topic]=$CONNECT_GROUP_ID-offsets
    [status.storage.topic]=$CONNECT_GROUP_ID-status
    # The default replication factor of the brokers.
    [config.storage.replication.factor]=-1
    [offset.storage.replication.factor]=-1
    [status.storage.replication.factor]=-1
    [plugin.path]=/opt/connect-plugins
    [plugin.discovery]=service_load
    [key.converter]=dev.tributary.json.TributaryJsonConverter
    [value.converter]=dev.tributary.json.TributaryJsonConverter
    [key.converter.schemas.enable]=false
    [value.converter.schemas.enable]=false
    [listeners]=http://0.0.0.0:8083
    [rest.advertised.host.name]=$(hostname -i | cut -d' ' -f1)
    # Secrets are in environment variables or files of the container, not in the configuration of a connector.
    [config.providers]=env,file
    [config.providers.env.class]=org.apache.kafka.common.config.provider.EnvVarConfigProvider
    [config.providers.file.class]=org.apache.kafka.common.config.provider.FileConfigProvider
    # As restrictive as possible: anyone who can create a connector can read everything that is allowed here.
    [config.providers.env.param.allowlist.pattern]='(?!)'
    [config.providers.file.param.allowed.paths]=/etc/connect
)

while IFS= read -r -d '' variable; do
    name=${variable%%=*}
    if [[ $name == CONNECT_* ]]; then
        property=${name#CONNECT_}
        property=${property,,}
        property=${property//__/$'\n'}
        property=${property//_/.}
        properties[${property//$'\n'/_}]=${variable#*=}
    fi
done < <(env -0)

# Escapes a value for java.util.Properties.
escaped() {
    local value=${1//\\/\\\\}
    value=${value//$'\n'/\\n}
    if [[ $value == ' '* ]]; then value="\\$value"; fi
    printf '%s' "$value"
}

file=$(mktemp)
for property in "${!properties[@]}"; do
    printf '%s=%s\n' "$property" "$(escaped "${properties[$property]}")" >> "$file"
done
exec /opt/kafka/bin/connect-distributed.sh "$file"
