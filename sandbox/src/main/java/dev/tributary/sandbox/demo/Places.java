// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.Sandbox;

/**
 * The addresses and files of the demo while it runs.
 *
 * @param servers the servers
 * @param services the services
 * @param sandbox the sandbox of both
 */
record Places(DemoServers servers, DemoServices services, Sandbox sandbox) {

    void print(Screen screen) {
        PostgresServer postgres = servers.postgres();
        screen.line("");
        place(screen, "Board", services.board().url() + "  a page of orders, updated live");
        place(screen, "Console", servers.worker().restUrl() + "/tributary/  the connector, its slot and its lag");
        place(screen, "Sales", services.sales().url() + "/api/revenue");
        place(screen, "REST", servers.worker().restUrl() + "/connectors/" + DemoConnector.NAME + "/status");
        place(screen, "Kafka", servers.broker().bootstrapServers());
        place(screen, "Postgres", postgres.jdbcUrl(DemoConnector.DATABASE) + "?user=" + PostgresServer.SUPERUSER);
        servers.registry().ifPresent(registry -> place(screen, "Schemas", registry.url() + "/subjects"));
        place(screen, "Topics", String.join(", ", DemoConnector.topics()));
        place(screen, "Logs", sandbox.logs().toString());
        place(screen, "Crash", "kill -9 " + servers.worker().pid() + "  the worker, which is then started again");
        place(screen, "Stop", "Ctrl-C, or: kill " + ProcessHandle.current().pid());
        screen.line("");
    }

    private static void place(Screen screen, String name, String where) {
        screen.line("%s  %s", screen.paint(Screen.Tone.STRONG, name + " ".repeat(8 - name.length())), where);
    }
}
