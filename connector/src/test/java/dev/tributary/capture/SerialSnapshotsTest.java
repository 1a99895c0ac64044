// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotChangeEventSource;
import io.debezium.relational.TableId;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SerialSnapshotsTest {

    private final CountDownLatch end = new CountDownLatch(1);

    /** Whatever it is called for, it is busy until the end. */
    @SuppressWarnings("unchecked")
    private final IncrementalSnapshotChangeEventSource<PostgresPartition, TableId> source =
            (IncrementalSnapshotChangeEventSource<PostgresPartition, TableId>) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {IncrementalSnapshotChangeEventSource.class},
                    (proxy, method, arguments) -> {
                        end.await();
                        return null;
                    });

    @Test
    void theyAreBusyWhileAThreadIsAtWork() {
        // Given
        SerialSnapshots<TableId> snapshots = SerialSnapshots.of(source);
        assertThat(snapshots.isBusy()).isFalse();

        // When
        CompletableFuture<Void> work =
                CompletableFuture.runAsync(() -> snapshots.init(new PostgresPartition("shop", "shop"), null));

        // Then
        await("busy").until(snapshots::isBusy);
        end.countDown();
        work.join();
        assertThat(snapshots.isBusy()).isFalse();
    }
}
