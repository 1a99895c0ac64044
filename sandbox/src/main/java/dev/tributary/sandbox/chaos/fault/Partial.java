// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import dev.tributary.sandbox.chaos.fault.Fault.Undo;
import java.util.concurrent.Callable;

/** Injections of several actions, of which one may fail. */
final class Partial {

    private Partial() {}

    /** Runs an action, and undoes what it has done if it fails. */
    static <T> T orUndo(Callable<T> action, Undo undo) throws Exception {
        try {
            return action.call();
        } catch (Exception e) {
            try {
                undo.run();
            } catch (Exception suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Runs all of them, even if one fails; throws the first failure. */
    static void all(Undo... actions) throws Exception {
        Exception first = null;
        for (Undo action : actions) {
            try {
                action.run();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
