#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Creates the role and the publication of the connector, as docs/operations.md describes.
set -eu

psql -v ON_ERROR_STOP=1 -v password="$TRIBUTARY_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE tributary LOGIN REPLICATION PASSWORD :'password';
GRANT USAGE ON SCHEMA shop TO tributary;
GRANT SELECT ON ALL TABLES IN SCHEMA shop TO tributary;
CREATE PUBLICATION tributary FOR TABLES IN SCHEMA shop;
SQL
