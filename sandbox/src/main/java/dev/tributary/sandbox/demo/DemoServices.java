// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.SampleService;
import dev.tributary.sandbox.SampleService.Kind;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The services that read topics, and the connector that writes these topics: rows without an envelope, as in the
 * compose file. The demo's other connector writes whole change events.
 *
 * @param board shows the orders
 * @param sales sums up the revenue
 */
record DemoServices(SampleService board, SampleService sales) {

    private static final String CONNECTOR = "shop-services";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    static DemoServices start(Sandbox sandbox, DemoServers servers, Steps steps) throws Exception {
        return steps.take(
                () -> {
                    servers.worker().rest().createOrUpdate(CONNECTOR, config(sandbox, servers.postgres()));
                    servers.requireRunning(CONNECTOR);
                    SampleService board =
                            sandbox.service(Kind.ORDER_BOARD, servers.broker()).start();
                    SampleService sales =
                            sandbox.service(Kind.SALES, servers.broker()).start();
                    if (!Wait.until(TIMEOUT, () -> board.isHealthy() && sales.isHealthy())) {
                        throw new SandboxException("order-board and sales are not healthy after " + TIMEOUT.toSeconds()
                                + " s; read " + board.logFile() + " and " + sales.logFile());
                    }
                    return new DemoServices(board, sales);
                },
                services -> "order-board and sales read the topics");
    }

    /** Throws if one of them has ended. */
    void check() {
        for (SampleService service : new SampleService[] {board, sales}) {
            if (!service.isRunning()) {
                throw new SandboxException(service + " has ended; read " + service.logFile());
            }
        }
    }

    private static Map<String, String> config(Sandbox sandbox, PostgresServer postgres) throws IOException {
        Map<String, String> config = new LinkedHashMap<>(new ObjectMapper()
                .readValue(
                        sandbox.distribution()
                                .root()
                                .resolve("docker/shop.json")
                                .toFile(),
                        new TypeReference<Map<String, String>>() {}));
        config.keySet().removeIf(option -> option.startsWith("publication."));
        config.put("database.hostname", "127.0.0.1");
        config.put("database.port", Integer.toString(postgres.port()));
        config.put("database.user", PostgresServer.SUPERUSER);
        config.put("database.password", "unused: the sandbox trusts loopback");
        config.put("database.dbname", DemoConnector.DATABASE);
        config.put("slot.name", "shop_services");
        return config;
    }
}
