// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.postgres.UserType;
import dev.tributary.postgres.UserTypeQuery;
import dev.tributary.row.ArrayText;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.JdbcConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.connect.errors.ConnectException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.core.TypeInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The types of a database, by OID.
 *
 * <p>Debezium's registry, which this extends, knows what a type is by its name, whatever its schema: an enum is taken
 * for the domain or the extension's type that has the same name. It also fails if an enum anywhere in the database has
 * no labels. So it reads only the types that Postgres comes with, whose names are unique; this class reads the others.
 *
 * <p>Safe for use by several threads.
 */
final class TypeCatalog extends TypeRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(TypeCatalog.class);

    /** What Debezium takes for the OID of an extension that is not installed. */
    private static final int NO_OID = Integer.MIN_VALUE;

    /** The delimiter of the one type of Postgres's own that does not have a comma. */
    private static final char OF_BOXES = ';';

    private final PostgresConnection connection;
    private final TypeInfo typeInfo;
    private final Map<Integer, UserType> byOid = new HashMap<>();

    /** The types of each name; the one that was created first comes first. */
    private final Map<String, SortedMap<Long, UserType>> byName = new HashMap<>();

    private final Map<Integer, Integer> arrays = new HashMap<>();
    private final Map<Integer, PostgresType> built = new HashMap<>();

    /** A query for types. */
    @FunctionalInterface
    private interface Query {
        List<UserType> read(Connection connection) throws SQLException;
    }

    private TypeCatalog(PostgresConnection connection) throws SQLException {
        super(connection, Set.of("pg_catalog"));
        this.connection = connection;
        this.typeInfo = connection.connection().unwrap(BaseConnection.class).getTypeInfo();
        learn(UserTypeQuery::all);
    }

    /** Reads the types. The connection is then closed; it opens again to look up a type. */
    static TypeCatalog read(JdbcConfiguration jdbc, OpenParts open) {
        PostgresConnection connection = open.add(new PostgresConnection(jdbc, PostgresConnection.CONNECTION_GENERAL));
        try {
            return new TypeCatalog(connection);
        } catch (SQLException e) {
            throw unreadable(e);
        } finally {
            connection.close();
        }
    }

    private static ConnectException unreadable(SQLException e) {
        return new ConnectException("Cannot read the types of the database", e);
    }

    @Override
    public PostgresType get(int oid) {
        return isUsers(oid) ? users(oid) : super.get(oid);
    }

    private static boolean isUsers(int oid) {
        return Integer.compareUnsigned(oid, UserTypeQuery.FIRST_OID) >= 0;
    }

    private synchronized PostgresType users(int oid) {
        PostgresType type = built.get(oid);
        if (type != null) {
            return type;
        }
        if (oid == NO_OID || oid == PostgresType.UNKNOWN.getOid()) {
            return PostgresType.UNKNOWN;
        }
        if (!byOid.containsKey(oid)) {
            learn(connected -> UserTypeQuery.withOid(connected, oid));
        }
        UserType row = byOid.get(oid);
        if (row == null) {
            LOG.warn("A column has a type that no longer exists; its OID is {}", Integer.toUnsignedString(oid));
            return PostgresType.UNKNOWN;
        }
        type = build(row);
        built.put(oid, type);
        return type;
    }

    /** What is between two elements of an array of a type. */
    synchronized char delimiter(int oid) {
        if (isUsers(oid)) {
            UserType type = byOid.get(oid);
            return type == null ? ArrayText.COMMA : type.delimiter();
        }
        return oid == Oid.BOX ? OF_BOXES : ArrayText.COMMA;
    }

    private PostgresType build(UserType type) {
        PostgresType.Builder builder =
                new PostgresType.Builder(this, name(type), type.oid(), jdbcType(type), type.modifier(), typeInfo);
        if (type.kind() == UserType.Kind.ENUM) {
            builder.enumValues(type.labels());
        } else if (type.element() != 0) {
            builder.elementType(type.element());
        }
        return builder.parentType(type.base()).build();
    }

    /** Debezium reads a value by the name of its type: a composite type {@code money} would be read as an amount. */
    private String name(UserType type) {
        return switch (type.kind()) {
            case ARRAY, DOMAIN, ENUM -> type.name();
            case BASE, COMPOSITE, RANGE ->
                getRegisteredTypes().containsKey(type.name()) ? type.schema() + "." + type.name() : type.name();
        };
    }

    private static int jdbcType(UserType type) {
        return switch (type.kind()) {
            case ARRAY -> Types.ARRAY;
            case COMPOSITE -> Types.STRUCT;
            case DOMAIN -> DOMAIN_TYPE;
            case ENUM -> Types.VARCHAR;
            case BASE, RANGE -> Types.OTHER;
        };
    }

    /** Reads a type again, and returns it as it is now. */
    @Override
    public synchronized PostgresType refresh(int oid) {
        if (isUsers(oid)) {
            learn(connected -> UserTypeQuery.withOid(connected, oid));
        }
        return get(oid);
    }

    /** Reads the labels of all enums again, over any connection. */
    void refreshEnums(Connection connected) throws SQLException {
        learn(UserTypeQuery.enums(connected));
    }

    private void learn(Query query) {
        try {
            learn(query.read(connection.connection()));
        } catch (SQLException e) {
            throw unreadable(e);
        } finally {
            connection.close();
        }
    }

    /** Types refer to their elements and their base, so all are built anew. */
    private synchronized void learn(List<UserType> types) {
        types.forEach(this::add);
        built.clear();
    }

    private void add(UserType type) {
        UserType before = byOid.put(type.oid(), type);
        if (before != null) {
            of(before.name()).remove(Integer.toUnsignedLong(before.oid()));
        }
        of(type.name()).put(Integer.toUnsignedLong(type.oid()), type);
        if (type.kind() == UserType.Kind.ARRAY) {
            arrays.put(type.element(), type.oid());
        }
    }

    private SortedMap<Long, UserType> of(String name) {
        return byName.computeIfAbsent(name, any -> new TreeMap<>());
    }

    /** A type by its name, which may be ambiguous; used only to describe tables for Debezium's own source. */
    @Override
    public PostgresType get(String schema, String name) {
        return inSchema(schema, name).orElseGet(() -> get(name));
    }

    @Override
    public PostgresType get(String name) {
        PostgresType builtIn = getRegisteredTypes().get(withoutSerial(name));
        return builtIn != null ? builtIn : named(name).orElse(PostgresType.UNKNOWN);
    }

    private static String withoutSerial(String name) {
        return switch (name) {
            case "serial" -> "int4";
            case "smallserial" -> "int2";
            case "bigserial" -> "int8";
            default -> name;
        };
    }

    /** The driver writes a name as {@code "schema"."name"} if the schema is not in the search path. */
    private Optional<PostgresType> named(String name) {
        int between = name.startsWith("\"") && name.endsWith("\"") ? name.indexOf("\".\"") : -1;
        if (between < 0) {
            return inAnySchema(name).stream().findFirst().map(type -> get(type.oid()));
        }
        return inSchema(name.substring(1, between), name.substring(between + 3, name.length() - 1));
    }

    private Optional<PostgresType> inSchema(String schema, String name) {
        return inAnySchema(name).stream()
                .filter(type -> type.schema().equals(schema))
                .findFirst()
                .map(type -> get(type.oid()));
    }

    private synchronized List<UserType> inAnySchema(String name) {
        if (of(name).isEmpty() && !getRegisteredTypes().containsKey(withoutSerial(name)) && !name.startsWith("\"")) {
            learn(connected -> UserTypeQuery.named(connected, name));
        }
        return List.copyOf(of(name).values());
    }

    /** The OID of a type of an extension; enums, domains and composite types may have the same name. */
    private synchronized int extensionType(String name) {
        return of(name).values().stream()
                .filter(type -> type.kind() == UserType.Kind.BASE)
                .map(UserType::oid)
                .findFirst()
                .orElse(NO_OID);
    }

    private synchronized int arrayOf(int element) {
        return arrays.getOrDefault(element, NO_OID);
    }

    @Override
    public int geometryOid() {
        return extensionType(TYPE_NAME_GEOMETRY);
    }

    @Override
    public int geographyOid() {
        return extensionType(TYPE_NAME_GEOGRAPHY);
    }

    @Override
    public int citextOid() {
        return extensionType(TYPE_NAME_CITEXT);
    }

    @Override
    public int hstoreOid() {
        return extensionType(TYPE_NAME_HSTORE);
    }

    @Override
    public int ltreeOid() {
        return extensionType(TYPE_NAME_LTREE);
    }

    @Override
    public int isbnOid() {
        return extensionType(TYPE_NAME_ISBN);
    }

    @Override
    public int isbn() {
        return extensionType(TYPE_NAME_ISBN);
    }

    @Override
    public int vectorOid() {
        return extensionType(TYPE_NAME_VECTOR);
    }

    @Override
    public int halfVectorOid() {
        return extensionType(TYPE_NAME_HALF_VECTOR);
    }

    @Override
    public int sparseVectorOid() {
        return extensionType(TYPE_NAME_SPARSE_VECTOR);
    }

    @Override
    public int hstoreArrayOid() {
        return arrayOf(hstoreOid());
    }

    @Override
    public int geometryArrayOid() {
        return arrayOf(geometryOid());
    }

    @Override
    public int geographyArrayOid() {
        return arrayOf(geographyOid());
    }

    @Override
    public int citextArrayOid() {
        return arrayOf(citextOid());
    }

    @Override
    public int ltreeArrayOid() {
        return arrayOf(ltreeOid());
    }
}
