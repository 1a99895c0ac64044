// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The cluster at a moment.
 *
 * @param all the JSON that {@link Cluster#read} returns
 * @param workers what each worker has answered, by its id
 */
record ClusterView(ObjectNode all, Map<String, Peers.Answer> workers) {}
