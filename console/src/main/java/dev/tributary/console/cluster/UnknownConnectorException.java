// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

/** There is no Postgres connector of a name. */
public final class UnknownConnectorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownConnectorException(String name) {
        super("There is no Postgres connector " + name + " in this cluster");
    }
}
