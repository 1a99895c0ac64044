// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A slow operation of an MBean, once at a time: each takes connections, and who calls it may be a thread of the
 * worker's REST API, of which there are few.
 */
final class JmxCall {

    private final ReentrantLock running = new ReentrantLock();
    private final String what;

    /** @param what the operation, for a message: "plan" */
    JmxCall(String what) {
        this.what = what;
    }

    /**
     * Calls with the class loader of the plugin as the thread's. Debezium and Kafka load classes by the thread's
     * loader, which is the caller's here.
     *
     * @throws IllegalStateException if the operation is running
     */
    <T> T run(Supplier<T> work) {
        if (!running.tryLock()) {
            throw new IllegalStateException("Another " + what + " is running. Try again when it has ended");
        }
        Thread thread = Thread.currentThread();
        ClassLoader callers = thread.getContextClassLoader();
        thread.setContextClassLoader(JmxCall.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(callers);
            running.unlock();
        }
    }
}
