// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import com.github.dockerjava.api.DockerClient;
import dev.tributary.sandbox.HostedServer;
import dev.tributary.sandbox.Hosting;
import dev.tributary.sandbox.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Postgres and Kafka in containers of the official images, started by Testcontainers. */
final class Containers implements Hosting {

    private static final String KAFKA = "apache/kafka:" + System.getProperty("kafka.version");
    private static final int POSTGRES_PORT = 5432;
    private static final int KAFKA_PORT = 9092;
    private static final String HBA = "/etc/tributary_hba.conf";

    @Override
    public HostedServer postgres(
            int version, int port, Map<String, String> settings, List<String> passwordRoles, Path log) {
        List<String> command = new ArrayList<>(List.of("postgres"));
        settings.forEach((name, value) -> {
            if (!name.equals("listen_addresses") && !name.equals("unix_socket_directories")) {
                command.addAll(List.of("-c", name + "=" + value));
            }
        });
        command.addAll(List.of("-c", "hba_file=" + HBA));
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + version)
                .withUsername(PostgresServer.SUPERUSER)
                .withPassword("unused")
                .withDatabaseName(PostgresServer.DATABASE)
                .withCommand(command.toArray(String[]::new))
                .withCopyToContainer(Transferable.of(hba(passwordRoles), 0644), HBA);
        return new Container(container, port, POSTGRES_PORT, log);
    }

    @Override
    public HostedServer broker(int port, Map<String, String> settings, Path log) {
        KafkaContainer container = new KafkaContainer(KAFKA);
        settings.forEach((name, value) ->
                container.withEnv("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return new Container(container, port, KAFKA_PORT, log);
    }

    private static String hba(List<String> passwordRoles) {
        StringBuilder lines = new StringBuilder("local all all trust\n");
        for (String role : passwordRoles) {
            String quoted = '"' + role.replace("\"", "\"\"") + '"';
            lines.append("host all ").append(quoted).append(" all scram-sha-256\n");
            lines.append("host replication ").append(quoted).append(" all scram-sha-256\n");
        }
        return lines.append("host all all all trust\nhost replication all all trust\n")
                .toString();
    }

    /** A container that can be stopped and started again, which Testcontainers has no methods for. */
    private record Container(GenericContainer<?> container) implements HostedServer {

        Container(GenericContainer<?> container, int port, int inside, Path log) {
            this(container);
            // A fixed port: Docker would choose another one at each start.
            container.setPortBindings(List.of("127.0.0.1:" + port + ":" + inside));
            container.withLogConsumer(frame -> append(log, frame.getBytes()));
        }

        @Override
        public void start() {
            if (container.getContainerId() == null) {
                container.start();
            } else {
                docker().startContainerCmd(id()).exec();
            }
        }

        @Override
        public void stop() {
            if (isRunning()) {
                docker().stopContainerCmd(id()).withTimeout(30).exec();
            }
        }

        @Override
        public void kill() {
            docker().killContainerCmd(id()).exec();
        }

        @Override
        public void pause() {
            docker().pauseContainerCmd(id()).exec();
        }

        @Override
        public void resume() {
            docker().unpauseContainerCmd(id()).exec();
        }

        @Override
        public boolean isRunning() {
            return container.getContainerId() != null
                    && Boolean.TRUE.equals(
                            docker().inspectContainerCmd(id()).exec().getState().getRunning());
        }

        @Override
        public void remove() {
            container.stop();
        }

        private String id() {
            return container.getContainerId();
        }

        private DockerClient docker() {
            return container.getDockerClient();
        }

        private static void append(Path log, byte[] output) {
            try {
                Files.createDirectories(log.resolveSibling("."));
                Files.write(log, output, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
