/** The log of Kafka as its brokers store it, which says what no consumer can see: who wrote a record. */
@NullMarked
package dev.tributary.sandbox.chaos.log;

import org.jspecify.annotations.NullMarked;
