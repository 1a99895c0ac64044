// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.log;

/**
 * One transaction of a producer, in all partitions in which it wrote.
 *
 * @param producerId the id that the brokers gave to the producer
 * @param epoch the epoch that the producer had in this transaction
 */
public record KafkaTransaction(long producerId, short epoch) {}
