// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * The latest view of the cluster for each of the last few credentials. To take one can need minutes, as during a
 * rebalance. So one thread takes it, and the others get the view before: threads that wait would be all that the worker
 * has.
 */
final class ViewCache {

    /** Credentials whose views are kept. A view has all that is known of all connectors. */
    static final int CAPACITY = 8;

    /** How long a view serves without a new one. */
    static final Duration FRESH = Duration.ofSeconds(1);

    /** How long a view serves while a new one is taken. */
    static final Duration USABLE = Duration.ofSeconds(30);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int SALT_BYTES = 16;

    private final LongSupplier nanoTime;
    private final Duration timeout;
    private final byte[] salt = new byte[SALT_BYTES];

    /** By a hash of the credentials, the entry that was used least recently first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    ViewCache() {
        this(System::nanoTime, TIMEOUT);
    }

    /** @param timeout how long somebody waits for the first view */
    ViewCache(LongSupplier nanoTime, Duration timeout) {
        this.nanoTime = nanoTime;
        this.timeout = timeout;
        new SecureRandom().nextBytes(salt);
    }

    /** A view and when it was taken. */
    private record Taken(long nanos, ClusterView view) {}

    /** What is known for somebody's credentials. The cache is locked while it is used. */
    private static final class Entry {
        private @Nullable Taken latest;
        private @Nullable CompletableFuture<ClusterView> pending;
    }

    /**
     * A view for somebody's credentials.
     *
     * @param take takes a new one
     * @throws ConnectException if there is none yet, and it takes too long
     */
    ClusterView get(Optional<String> credentials, Supplier<ClusterView> take) {
        CompletableFuture<ClusterView> mine = new CompletableFuture<>();
        CompletableFuture<ClusterView> pending;
        Entry entry;
        synchronized (entries) {
            removeExpired();
            entry = entries.computeIfAbsent(key(credentials), any -> new Entry());
            if (entries.size() > CAPACITY) {
                entries.remove(entries.keySet().iterator().next());
            }
            Taken known = entry.latest;
            pending = entry.pending;
            if (known != null && isYounger(known, pending == null ? FRESH : USABLE)) {
                return known.view();
            }
            if (pending == null) {
                entry.pending = mine;
            }
        }
        return pending == null ? take(entry, mine, take) : await(pending);
    }

    private ClusterView take(Entry entry, CompletableFuture<ClusterView> mine, Supplier<ClusterView> take) {
        @Nullable Taken taken = null;
        try {
            ClusterView view = take.get();
            taken = new Taken(nanoTime.getAsLong(), view);
            mine.complete(view);
            return view;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            synchronized (entries) {
                entry.pending = null;
                if (taken != null) {
                    entry.latest = taken;
                }
            }
        }
    }

    private ClusterView await(CompletableFuture<ClusterView> pending) {
        try {
            return pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ConnectException("the state of the cluster is still being read; try again in some seconds", e);
        } catch (ExecutionException e) {
            throw new ConnectException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("the worker stops", e);
        }
    }

    private void removeExpired() {
        for (Iterator<Entry> each = entries.values().iterator(); each.hasNext(); ) {
            Entry entry = each.next();
            if (entry.pending == null && (entry.latest == null || !isYounger(entry.latest, USABLE))) {
                each.remove();
            }
        }
    }

    private boolean isYounger(Taken taken, Duration age) {
        return nanoTime.getAsLong() - taken.nanos() < age.toNanos();
    }

    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    /** No credentials are kept in memory. */
    private String key(Optional<String> credentials) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return HexFormat.of().formatHex(digest.digest(credentials.orElse("").getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }
}
