#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The role of the connector, and the publication that it reads: what docs/operations.md asks an administrator for.
set -eu

psql -v ON_ERROR_STOP=1 -v password="$TRIBUTARY_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE tributary LOGIN REPLICATION PASSWORD :'password';
GRANT USAGE ON SCHEMA shop TO tributary;
GRANT SELECT ON ALL TABLES IN SCHEMA shop TO tributary;
CREATE PUBLICATION tributary FOR TABLES IN SCHEMA shop;
SQL
