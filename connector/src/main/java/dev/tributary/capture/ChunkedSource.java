// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

/** Incremental snapshots that read chunks at a {@link ChunkMoment}. */
@FunctionalInterface
interface ChunkedSource {

    ChunkMoment moment();
}
