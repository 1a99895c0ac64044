// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.log.TransactionLog;

/**
 * What is needed to check that transactions are whole.
 *
 * @param log which Kafka transaction wrote each record
 * @param balances the balances of the bank in the records
 * @param bankUntil the position from which on the changes of the bank may be missing, so that its sum says nothing
 */
public record Transactions(TransactionLog log, Balances balances, long bankUntil) {}
