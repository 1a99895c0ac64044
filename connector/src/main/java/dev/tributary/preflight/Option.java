// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

/** Names of the connector options that findings hang on, as Debezium's Postgres connector spells them. */
final class Option {

    static final String HOST = "database.hostname";
    static final String PORT = "database.port";
    static final String USER = "database.user";
    static final String PASSWORD = "database.password";
    static final String DATABASE = "database.dbname";
    static final String SSL_MODE = "database.sslmode";
    static final String SSL_ROOT_CERT = "database.sslrootcert";
    static final String SLOT = "slot.name";
    static final String PUBLICATION = "publication.name";
    static final String TABLES = "table.include.list";
    static final String TOPIC_PREFIX = "topic.prefix";

    private Option() {}
}
