// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ViewCacheTest {

    private static final Optional<String> NOBODY = Optional.empty();

    private final AtomicLong nanos = new AtomicLong();
    private final ViewCache cache = new ViewCache(nanos::get, Duration.ofMillis(20));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void end() {
        mayEnd.countDown();
        threads.shutdownNow();
    }

    private static ClusterView view() {
        return new ClusterView(JsonNodeFactory.instance.objectNode(), Map.of());
    }

    private static ClusterView unexpected() {
        throw new AssertionError("must not be taken");
    }

    /** Takes one that is not ready until it may end. */
    private CompletableFuture<ClusterView> takeSlowly(ClusterView view) throws InterruptedException {
        Supplier<ClusterView> slow = () -> {
            started.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return view;
        };
        CompletableFuture<ClusterView> taken = CompletableFuture.supplyAsync(() -> cache.get(NOBODY, slow), threads);
        started.await();
        return taken;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aFreshViewServesEverybodyWithTheSameCredentials() {
        // Given
        ClusterView view = view();
        cache.get(Optional.of("Basic a"), () -> view);

        // Then
        assertThat(cache.get(Optional.of("Basic a"), ViewCacheTest::unexpected)).isSameAs(view);
        assertThat(cache.get(Optional.of("Basic b"), ViewCacheTest::view)).isNotSameAs(view);
        pass(ViewCache.FRESH);
        assertThat(cache.get(Optional.of("Basic a"), ViewCacheTest::view)).isNotSameAs(view);
    }

    @Test
    void theViewBeforeServesWhileOneIsTaken() throws Exception {
        // Given
        ClusterView before = view();
        ClusterView after = view();
        cache.get(NOBODY, () -> before);
        pass(ViewCache.FRESH);
        CompletableFuture<ClusterView> slow = takeSlowly(after);

        // When
        ClusterView meanwhile = cache.get(NOBODY, ViewCacheTest::unexpected);

        // Then
        assertThat(meanwhile).isSameAs(before);
        mayEnd.countDown();
        assertThat(slow.get()).isSameAs(after);
        assertThat(cache.get(NOBODY, ViewCacheTest::unexpected)).isSameAs(after);
    }

    @Test
    void theWaitForTheFirstViewIsBounded() throws Exception {
        // Given
        ClusterView first = view();
        CompletableFuture<ClusterView> slow = takeSlowly(first);

        // Then
        assertThatThrownBy(() -> cache.get(NOBODY, ViewCacheTest::unexpected)).isInstanceOf(ConnectException.class);
        mayEnd.countDown();
        assertThat(slow.get()).isSameAs(first);
    }

    @Test
    void aViewThatIsTooOldDoesNotServe() throws Exception {
        // Given
        cache.get(NOBODY, ViewCacheTest::view);
        pass(ViewCache.FRESH);
        CompletableFuture<ClusterView> slow = takeSlowly(view());
        pass(ViewCache.USABLE);

        // Then
        assertThatThrownBy(() -> cache.get(NOBODY, ViewCacheTest::unexpected)).isInstanceOf(ConnectException.class);
        assertThat(slow).isNotDone();
    }

    @Test
    void aFailureIsNotKept() {
        // Given
        assertThatThrownBy(() -> cache.get(NOBODY, () -> {
                    throw new ConnectException("a rebalance");
                }))
                .hasMessage("a rebalance");

        // Then
        ClusterView view = view();
        assertThat(cache.get(NOBODY, () -> view)).isSameAs(view);
    }

    @Test
    void randomCredentialsDoNotFillTheMemory() {
        // When
        for (int i = 0; i < 1000; i++) {
            cache.get(Optional.of("Basic " + i), ViewCacheTest::view);
        }

        // Then
        assertThat(cache.size()).isEqualTo(ViewCache.CAPACITY);
    }

    @Test
    void viewsThatNobodyAsksForExpire() {
        // Given
        cache.get(Optional.of("Basic a"), ViewCacheTest::view);
        cache.get(Optional.of("Basic b"), ViewCacheTest::view);

        // When
        pass(ViewCache.USABLE);
        cache.get(NOBODY, ViewCacheTest::view);

        // Then
        assertThat(cache.size()).isEqualTo(1);
    }
}
