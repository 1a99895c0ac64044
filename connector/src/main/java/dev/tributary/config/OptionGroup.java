// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import io.debezium.config.Field;

/** The groups in which options are shown, in the order in which a user configures a connector. */
enum OptionGroup {
    CONNECTION("Connection"),
    TABLES("Tables and columns"),
    REPLICATION("Replication"),
    EVENTS("Events"),
    SNAPSHOT("Snapshot"),
    TLS("TLS"),
    CONNECTION_DETAILS("Connection details"),
    EVENT_DETAILS("Event details"),
    HEARTBEAT("Heartbeat"),
    GUARD("WAL guard"),
    PIPELINE("Pipeline");

    private final String title;

    OptionGroup(String title) {
        this.title = title;
    }

    /** The displayed name, which is also the {@code ConfigDef} group. */
    String title() {
        return title;
    }

    static OptionGroup of(Field.Group group) {
        return switch (group) {
            case CONNECTION -> CONNECTION;
            case CONNECTION_ADVANCED_SSL -> TLS;
            case CONNECTION_ADVANCED -> CONNECTION_DETAILS;
            case CONNECTION_ADVANCED_REPLICATION, CONNECTION_ADVANCED_PUBLICATION -> REPLICATION;
            case FILTERS -> TABLES;
            case CONNECTOR_SNAPSHOT -> SNAPSHOT;
            case CONNECTOR -> EVENTS;
            case ADVANCED_HEARTBEAT -> HEARTBEAT;
            case CONNECTOR_ADVANCED -> EVENT_DETAILS;
            case ADVANCED, GENERIC -> PIPELINE;
        };
    }
}
