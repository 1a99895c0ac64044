// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/** The names of the options that code refers to: Debezium's options, then ours. */
public final class OptionNames {

    public static final String DATABASE_HOSTNAME = "database.hostname";
    public static final String DATABASE_PORT = "database.port";
    public static final String DATABASE_USER = "database.user";
    public static final String DATABASE_PASSWORD = "database.password";

    /** Ours: a file that has the password, and is read at each connect. */
    public static final String DATABASE_PASSWORD_FILE = "database.password.file";

    public static final String DATABASE_DBNAME = "database.dbname";
    public static final String DATABASE_SSLMODE = "database.sslmode";
    public static final String DATABASE_SSLCERT = "database.sslcert";
    public static final String DATABASE_SSLKEY = "database.sslkey";
    public static final String DATABASE_SSLPASSWORD = "database.sslpassword";
    public static final String DATABASE_SSLROOTCERT = "database.sslrootcert";
    public static final String SLOT_NAME = "slot.name";
    public static final String SLOT_FAILOVER = "slot.failover";
    public static final String SLOT_MAX_RETRIES = "slot.max.retries";
    public static final String LSN_FLUSH_MODE = "lsn.flush.mode";
    public static final String OFFSET_MISMATCH_STRATEGY = "offset.mismatch.strategy";
    public static final String PLUGIN_NAME = "plugin.name";
    public static final String PUBLICATION_NAME = "publication.name";
    public static final String PUBLICATION_AUTOCREATE_MODE = "publication.autocreate.mode";
    public static final String REPLICA_IDENTITY_AUTOSET_VALUES = "replica.identity.autoset.values";
    public static final String TABLE_INCLUDE_LIST = "table.include.list";
    public static final String TABLE_EXCLUDE_LIST = "table.exclude.list";
    public static final String SCHEMA_INCLUDE_LIST = "schema.include.list";
    public static final String COLUMN_INCLUDE_LIST = "column.include.list";
    public static final String COLUMN_EXCLUDE_LIST = "column.exclude.list";
    public static final String MESSAGE_KEY_COLUMNS = "message.key.columns";
    public static final String TOPIC_PREFIX = "topic.prefix";
    public static final String SCHEMA_NAME_ADJUSTMENT_MODE = "schema.name.adjustment.mode";
    public static final String FIELD_NAME_ADJUSTMENT_MODE = "field.name.adjustment.mode";
    public static final String SNAPSHOT_INCLUDE_COLLECTION_LIST = "snapshot.include.collection.list";
    public static final String SNAPSHOT_MAX_THREADS = "snapshot.max.threads";

    /** Ours; see {@link CapturePath}. */
    public static final String CAPTURE_PATH = "capture.path";

    /** Ours: the columns that are sent although they are generated from a column that another option hides. */
    public static final String COLUMN_GENERATED_ACCEPT_LIST = "column.generated.accept.list";

    /** Ours; see {@link NewTables}. */
    public static final String NEW_TABLES = "new.tables";

    /** Ours; see {@link ServerDivergence}. */
    public static final String SERVER_DIVERGENCE = "server.divergence";

    /** Ours; see {@link SlotOptions}. */
    public static final String SLOT_DECODING_WORK_MEM_MB = "slot.decoding.work.mem.mb";

    /** Ours; see {@link MissingTables}. */
    public static final String TABLES_MISSING = "tables.missing";

    /** Ours; see {@link UnidentifiedTables}. */
    public static final String TABLES_WITHOUT_IDENTITY = "publication.tables.without.identity";

    /** Ours; see {@link RecordTimestamp}. */
    public static final String RECORD_TIMESTAMP = "record.timestamp";

    /** Ours: how long source transactions are collected at most for one Kafka transaction while more arrive. */
    public static final String TRANSACTION_GROUP_MAX_MS = "transaction.group.max.ms";

    /** Ours: the most bytes of several source transactions in one Kafka transaction. */
    public static final String TRANSACTION_GROUP_MAX_BYTES = "transaction.group.max.bytes";

    /** Ours: the most bytes of one source transaction in one Kafka transaction. */
    public static final String TRANSACTION_MAX_BYTES = "transaction.max.bytes";

    /** Ours; see {@link Oversize}. */
    public static final String TRANSACTION_OVERSIZE = "transaction.oversize";

    /** Ours; see {@link GuardOptions}. */
    public static final String WAL_GUARD = "wal.guard";

    public static final String WAL_GUARD_INTERVAL_MS = "wal.guard.interval.ms";
    public static final String WAL_GUARD_WARN_MINUTES = "wal.guard.warn.minutes";
    public static final String WAL_GUARD_CRITICAL_MINUTES = "wal.guard.critical.minutes";
    public static final String WAL_GUARD_UNLIMITED_MAX_BYTES = "wal.guard.unlimited.max.bytes";
    public static final String WAL_GUARD_WEBHOOK_URL = "wal.guard.webhook.url";
    public static final String WAL_GUARD_WEBHOOK_SECRET = "wal.guard.webhook.secret";

    private OptionNames() {}
}
