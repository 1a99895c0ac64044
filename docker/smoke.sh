#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Starts the demo with images built from this tree, asserts that changes of rows arrive in the topics and the services, and
# always removes the demo at the end.
#
#   docker/smoke.sh            one broker, one worker
#   docker/smoke.sh cluster    three brokers and two workers, one of which is killed
#   docker/smoke.sh registry   one broker, one worker, a schema registry and a connector that writes Avro
#   docker/smoke.sh all        all of these, one after the other
#
# BUILD=no uses existing images. Requires Docker, Compose, bash, curl, and a JDK for the build.
set -euo pipefail
cd "$(dirname "$0")"

readonly timeout=180
profile=''
compose=()
current=''

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }

fail() {
    say "FAILED: $*" >&2
    exit 1
}

# Runs a step and prints how long it took.
step() {
    local start=$SECONDS
    current=$1
    shift
    # Not in a condition, because bash does not end a function at a failed command there.
    "$@"
    say "$current ($((SECONDS - start)) s)"
}

# Tries a command until it succeeds.
eventually() {
    local end=$((SECONDS + timeout))
    until "$@" > /dev/null 2>&1; do
        ((SECONDS < end)) || return 1
        sleep 0.5
    done
}

up() { "${compose[@]}" up -d "$@"; }
running() { "${compose[@]}" exec -T "$@" < /dev/null; }
sql() { running postgres psql -qtAX -v ON_ERROR_STOP=1 -U postgres -d shop -c "$1"; }
board() { curl -fsS "http://127.0.0.1:$ORDER_BOARD_PORT$1"; }
sales() { curl -fsS "http://127.0.0.1:$SALES_PORT$1"; }
connect() { curl -fsS "http://127.0.0.1:$CONNECT_PORT$1" "${@:2}"; }

has() {
    local expected=$1
    shift
    grep -q -- "$expected" <<< "$("$@")"
}

registered() {
    local id
    id=$("${compose[@]}" ps -a -q "$1")
    [[ $(docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' "$id") == 'exited 0' ]]
}

healthy() { board /health && sales /health; }

build() {
    (cd .. && ./mvnw -B -q -Dmaven.test.skip=true -pl plugin,sample-services,sample-db -am package)
    # BuildKit pulls its front end from a registry, even if all images exist.
    (cd .. && DOCKER_BUILDKIT=0 docker build -q -f docker/Dockerfile -t "tributary/connect:$TRIBUTARY_VERSION" .)
    (cd .. && DOCKER_BUILDKIT=0 docker build -q -f docker/services.Dockerfile \
        -t "tributary/services:$TRIBUTARY_VERSION" .)
}

images_are_safe() {
    local user
    user=$(docker run --rm --entrypoint id "tributary/connect:$TRIBUTARY_VERSION" -u)
    [[ $user != 0 ]] || fail "the worker would run as root"
    user=$(docker run --rm --entrypoint id "tributary/services:$TRIBUTARY_VERSION" -u)
    [[ $user != 0 ]] || fail "the services would run as root"
}

place_order() {
    order=$(sql "WITH placed AS (
            INSERT INTO shop.orders (order_no, customer_id, total) VALUES (gen_random_uuid(), 1, 20) RETURNING id),
        line AS (INSERT INTO shop.order_lines SELECT id, 1, 1, 2, 10 FROM placed)
        SELECT id FROM placed")
}

order_is_on_the_board() {
    place_order
    eventually has '"status":"placed"' board "/api/orders/$order"
    sql "UPDATE shop.orders SET status = 'paid' WHERE id = $order"
    eventually has '"status":"paid"' board "/api/orders/$order"
    sql "DELETE FROM shop.order_lines WHERE order_id = $order; DELETE FROM shop.orders WHERE id = $order"
    eventually gone "$order"
}

gone() { [[ $(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$ORDER_BOARD_PORT/api/orders/$1") == 404 ]]; }

outbox_is_sent() {
    sql "INSERT INTO shop.outbox (id, aggregate_type, aggregate_id, event_type, payload)
        VALUES (gen_random_uuid(), 'smoke', '4711', 'Tested', '{\"answer\": 42}')"
    eventually has '{"answer":42}' running kafka /opt/kafka/bin/kafka-console-consumer.sh \
        --bootstrap-server kafka:9092 --topic outbox.event.smoke --from-beginning --max-messages 1 --timeout-ms 30000
}

compacted() {
    has 'cleanup.policy=compact' running kafka /opt/kafka/bin/kafka-configs.sh --bootstrap-server kafka:9092 \
        --describe --entity-type topics --entity-name shop.shop.orders
}

a_column_can_be_added() {
    sql "ALTER TABLE shop.orders ADD COLUMN gift boolean NOT NULL DEFAULT false"
    place_order
    eventually has '"gift":"false"' board "/api/orders/$order"
    healthy > /dev/null
}

# Once the traffic has stopped, the services must agree with the tables.
same_as_the_tables() {
    local expected
    expected=$(sql "SELECT string_agg(id || ' ' || status, ',' ORDER BY id) FROM shop.orders")
    [[ $expected == "$(orders_on_the_board)" ]] || return 1
    expected=$(sql "SELECT coalesce(sum(quantity), 0) FROM shop.order_lines")
    [[ $expected == "$(quantity_sold)" ]]
}

orders_on_the_board() {
    board /api/orders | grep -o '"id":[0-9]*,"status":"[a-z]*"' | sed 's/"id":\([0-9]*\),"status":"\(.*\)"/\1 \2/' |
        sort -n | paste -sd, -
}

quantity_sold() {
    sales /api/revenue/100000 | grep -o '"quantity":-\?[0-9]*' | awk -F: '{ sum += $2 } END { print sum + 0 }'
}

nothing_is_missing() {
    "${compose[@]}" stop -t 20 traffic
    eventually same_as_the_tables || {
        say "orders of the board: $(orders_on_the_board | cut -c1-500)"
        say "of the table: $(sql "SELECT string_agg(id || ' ' || status, ',' ORDER BY id) FROM shop.orders" | cut -c1-500)"
        say "sold: $(quantity_sold), of the table: $(sql 'SELECT sum(quantity) FROM shop.order_lines')"
        return 1
    }
}

# The address of the worker that runs the task.
worker_of_task() { connect /connectors/shop/status | grep -o '"tasks":\[.*' | grep -o '"worker_id":"[^"]*"' | cut -d'"' -f4; }

container_of() {
    local service id
    for service in connect connect-2; do
        id=$("${compose[@]}" ps -q "$service")
        if [[ "$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$id"):8083" == "$1" ]]; then
            echo "$service $id"
        fi
    done
}

moved_from() {
    local now
    now=$(worker_of_task)
    [[ -n $now && $now != "$1" ]] && has '"tasks":\[{"id":0,"state":"RUNNING"' connect /connectors/shop/status
}

kill_the_worker() {
    local worker service id
    worker=$(worker_of_task)
    read -r service id <<< "$(container_of "$worker")"
    [[ -n $id ]] || fail "no container for worker $worker"
    [[ $service == connect ]] && CONNECT_PORT=$CONNECT_2_PORT
    # No restart, so that Docker does not start it again at once.
    docker update --restart=no "$id" > /dev/null
    docker kill "$id" > /dev/null
    say "killed $service ($worker), which ran the task"
    eventually moved_from "$worker"
}

three_replicas() {
    has 'Replicas: [123],[123],[123]' running kafka /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092 \
        --describe --topic shop.shop.orders
}

# Facts of the task, from the worker that runs it.
the_console_shows_it() {
    eventually has '"isOurs":true,"server":"shop","facts":{.*"state":"RUNNING"' connect /tributary/api/connectors
    eventually has 'tributary_state{connector="shop",state="RUNNING"} 1.0' connect /tributary/metrics
}

# With the password from the worker's environment.
the_console_plans_it() {
    has '"plan":{"tables":\[{"name":"shop\.' connect '/tributary/api/plan?probe=false' \
        -H 'Content-Type: application/json' -d @shop.json
}

registry() { curl -fsS "http://127.0.0.1:${REGISTRY_PORT:-58081}/apis/ccompat/v7$1"; }

# Confluent's wire format begins with a zero byte.
is_avro() {
    running kafka /opt/kafka/bin/kafka-console-consumer.sh --bootstrap-server kafka:9092 --topic avro.shop.orders \
        --from-beginning --max-messages 1 --timeout-ms 30000 | od -An -tx1 -N1 | grep -q 00
}

down() {
    local status=$?
    if ((status != 0)); then
        say "FAILED: $current" >&2
        "${compose[@]}" ps || true
        "${compose[@]}" logs --tail=40 || true
    fi
    local start=$SECONDS
    "${compose[@]}" down -v -t 20 --remove-orphans > /dev/null 2>&1 || true
    say "down ($((SECONDS - start)) s)"
}

run() (
    profile=$1
    local file=.env
    if [[ $profile == cluster ]]; then file=cluster.env; fi
    if docker compose version > /dev/null 2>&1; then compose=(docker compose); else compose=(docker-compose); fi
    # A separate project, so that it does not remove a demo in use at the end.
    compose+=(--env-file "$file" -p "tributary-smoke")
    if [[ $profile != single ]]; then compose+=(--profile "$profile"); fi
    set -a
    # shellcheck disable=SC1090
    . "./$file"
    set +a

    local start=$SECONDS
    say "== $profile"
    if [[ ${BUILD:-yes} == yes ]]; then step "built" build; fi
    step "neither image runs as root" images_are_safe
    trap down EXIT
    step "up" up
    step "registered: the connector is running" eventually registered register
    step "order-board and sales are healthy" eventually healthy
    step "orders are compacted" compacted
    step "the console shows the connector" the_console_shows_it
    step "the console plans the connector" the_console_plans_it
    step "an order is on the board when it is placed, paid and deleted" order_is_on_the_board
    step "a row of the outbox becomes a message" outbox_is_sent
    step "a column that is added breaks nothing" a_column_can_be_added
    if [[ $profile == cluster ]]; then
        step "topics have three replicas" three_replicas
        step "the task moves when its worker is killed" kill_the_worker
        step "the console of the other worker shows it" the_console_shows_it
        step "an order is on the board when it is placed, paid and deleted" order_is_on_the_board
    fi
    if [[ $profile == registry ]]; then
        step "the connector that writes Avro is running" eventually registered register-avro
        step "the registry has the schema of orders" eventually has '"avro.shop.orders-value"' registry /subjects
        step "the topic has Avro" eventually is_avro
    fi
    step "the services agree with the tables: nothing is missing" nothing_is_missing
    say "$profile passed in $((SECONDS - start)) s"
)

case ${1:-single} in
    single | cluster | registry) run "${1:-single}" ;;
    all)
        run single
        BUILD=no run registry
        BUILD=no run cluster
        ;;
    *) fail "usage: smoke.sh [single|registry|cluster|all]" ;;
esac
