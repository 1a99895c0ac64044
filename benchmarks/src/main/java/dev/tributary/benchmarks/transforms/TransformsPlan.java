// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.transforms;

/**
 * The plan of the transforms benchmark.
 *
 * @param rounds the number of JVMs in which each transform is measured, one after the other
 */
public record TransformsPlan(int rounds) {}
