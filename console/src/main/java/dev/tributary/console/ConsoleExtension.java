// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console;

import java.util.Map;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console: {@code rest.extension.classes=dev.tributary.console.ConsoleExtension} in a worker's properties serves it
 * under {@code /tributary/} on the worker's own listener, behind the worker's own authentication.
 *
 * <p>It needs Connect 4.0 or later. On an older worker, whose REST extensions are those of {@code javax.ws.rs}, it logs
 * that it serves nothing. This class knows nothing of {@code jakarta.ws.rs}, so that it can be loaded there.
 */
public final class ConsoleExtension implements ConnectRestExtension {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleExtension.class);

    private Map<String, ?> worker = Map.of();
    private ConsoleOptions options = ConsoleOptions.of(worker);
    private @Nullable Console console;

    @Override
    public String version() {
        String version = ConsoleExtension.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /**
     * @param settings the properties of the worker
     * @throws org.apache.kafka.common.config.ConfigException if an option of the console has a wrong value
     */
    @Override
    public void configure(Map<String, ?> settings) {
        options = ConsoleOptions.of(settings);
        worker = Map.copyOf(settings);
    }

    @Override
    public void register(ConnectRestExtensionContext context) {
        try {
            console = Console.open(options, version(), worker, context);
            LOG.info("The console is at the path /tributary/ of this worker's listeners");
        } catch (LinkageError e) {
            LOG.error(
                    "The console needs Kafka Connect 4.0 or later. This worker is older, so there is no console; its"
                            + " connectors work as without it. Fix: update the worker, or remove {} from"
                            + " rest.extension.classes",
                    ConsoleExtension.class.getName());
            LOG.debug("What is missing", e);
        }
    }

    @Override
    public void close() {
        if (console != null) {
            console.close();
            console = null;
        }
    }
}
