// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import static java.util.Objects.requireNonNull;

import dev.tributary.postgres.PostgresServer.TestDatabase;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server of the newest version that the tests of a class share. */
public final class TestServer implements BeforeAllCallback, AfterAllCallback {

    private final List<String> preparations;
    private @Nullable PostgresServer server;

    private TestServer(List<String> preparations) {
        this.preparations = preparations;
    }

    /** On which these statements were run as superuser. */
    public static TestServer with(String... preparations) {
        return new TestServer(List.of(preparations));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        server = PostgresServer.start();
        server.execute(preparations.toArray(String[]::new));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.close();
        }
    }

    /** A fresh, empty database. */
    public TestDatabase newDatabase() {
        return server().newDatabase();
    }

    /** Runs statements one by one as superuser in the database {@code postgres}, outside any transaction. */
    public void execute(String... statements) {
        server().execute(statements);
    }

    /** The first column of the first row. */
    public String ask(String sql) {
        return server().ask(sql);
    }

    private PostgresServer server() {
        return requireNonNull(server, "started");
    }
}
