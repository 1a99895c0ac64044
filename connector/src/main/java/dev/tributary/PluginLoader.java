// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import java.util.function.Supplier;

/** Debezium and Kafka load classes by the thread's class loader. In a call by JMX, that is the caller's. */
final class PluginLoader {

    private PluginLoader() {}

    /** Calls with the loader of the plugin as the thread's. */
    static <T> T call(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader callers = thread.getContextClassLoader();
        thread.setContextClassLoader(PluginLoader.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(callers);
        }
    }
}
