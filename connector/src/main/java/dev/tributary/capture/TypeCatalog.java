// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.JdbcConfiguration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The connection through which Debezium's registry of types reads the catalog.
 *
 * <p>The registry takes every type of category E for an enum with values of its own. A domain over an enum is of that category
 * and has none, so wherever a database has one the registry fails with a {@code NullPointerException}, whether the domain is
 * captured or not. Here the catalog answers with another category for those; that of the enum counts, as for any domain.
 */
final class TypeCatalog extends PostgresConnection {

    /** As it stands in the registry's queries; the registry has nothing else to get between it and the catalog. */
    private static final String CATEGORY = "t.typcategory as category";

    /** U is for types that users define. */
    private static final String CATEGORY_BUT_FOR_DOMAINS_OVER_ENUMS =
            "CASE WHEN t.typtype = 'd' AND t.typcategory = 'E' THEN 'U' ELSE t.typcategory END as category";

    private TypeCatalog(JdbcConfiguration jdbc) {
        super(jdbc, CONNECTION_GENERAL);
    }

    /** Reads the types. The connection is closed until a type is asked for that was not there yet. */
    static TypeRegistry read(JdbcConfiguration jdbc, OpenParts open) {
        TypeCatalog catalog = open.add(new TypeCatalog(jdbc));
        TypeRegistry types = new TypeRegistry(catalog);
        catalog.close();
        return types;
    }

    @Override
    public synchronized Connection connection(boolean executeOnConnect) throws SQLException {
        return rewriting(Connection.class, super.connection(executeOnConnect));
    }

    /** Passes every call on, with the category replaced in what is to be executed, here or by a statement made here. */
    private static <T> T rewriting(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    @Nullable Object[] arguments = given == null ? new Object[0] : given.clone();
                    if (arguments.length > 0 && arguments[0] instanceof String sql) {
                        arguments[0] = sql.replace(CATEGORY, CATEGORY_BUT_FOR_DOMAINS_OVER_ENUMS);
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return method.getReturnType() == Statement.class && result != null
                                ? rewriting(Statement.class, (Statement) result)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
