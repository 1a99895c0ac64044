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
 * <p>The registry treats every type of category E as an enum with values of its own. A domain over an enum has that
 * category and no values, so if a database has one, the registry fails with a {@code NullPointerException}, whether the
 * domain is captured or not. This connection reports another category for such domains; the enum itself keeps its own.
 */
final class TypeCatalog extends PostgresConnection {

    /**
     * A fragment of the registry's queries: to rewrite it is the only way to come between the registry and the catalog.
     */
    private static final String CATEGORY = "t.typcategory as category";

    /** Category U is for user-defined types. */
    private static final String CATEGORY_BUT_FOR_DOMAINS_OVER_ENUMS =
            "CASE WHEN t.typtype = 'd' AND t.typcategory = 'E' THEN 'U' ELSE t.typcategory END as category";

    private TypeCatalog(JdbcConfiguration jdbc) {
        super(jdbc, CONNECTION_GENERAL);
    }

    /** Reads the types. The connection is then closed; it opens again if an unknown type has to be looked up. */
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

    /** Passes every call on, with the category replaced in its SQL; so do the statements that it creates. */
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
