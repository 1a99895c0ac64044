// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.transforms;

/**
 * What is to be measured.
 *
 * @param rounds in how many JVMs each is measured, one after the other
 */
public record TransformsPlan(int rounds) {}
