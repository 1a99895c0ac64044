// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.plan;

import dev.tributary.config.TopicCreation;
import dev.tributary.plan.Plan;
import dev.tributary.plan.PlannedPublication;
import dev.tributary.plan.PlannedSlot;
import dev.tributary.plan.PlannedTable;
import dev.tributary.plan.PlannedTopic;
import dev.tributary.plan.QueueMemory;
import dev.tributary.postgres.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A plan as text for people. */
final class PlanText {

    private static final long EXAMPLE_HEAP = 2L << 30;

    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    /** Lines, each with its end. */
    static String of(Plan plan) {
        PlanText text = new PlanText();
        text.tables(plan.tables());
        text.topics(plan);
        text.heading("Slot");
        text.line(slot(plan.slot()));
        text.heading("Publication");
        text.line(publication(plan.publication()));
        text.sql(plan.publication().sql());
        if (!plan.identities().isEmpty()) {
            text.heading("Replica identities");
            text.sql(plan.identities());
        }
        text.heading("Snapshot");
        SnapshotText.of(plan.snapshot()).forEach(text::line);
        text.heading("Memory");
        text.line(memory(plan.memory()));
        return text.text.toString();
    }

    private void tables(List<PlannedTable> tables) {
        heading("Tables: " + tables.size());
        for (PlannedTable table : tables) {
            List<String> facts = new ArrayList<>(List.of(rows(table.rows()), Bytes.text(table.bytes())));
            if (!table.partitions().isEmpty()) {
                facts.add(count(table.partitions().size(), "partition"));
            }
            if (!table.inSnapshot()) {
                facts.add("rows are not read by a snapshot");
            }
            line(table.name() + ": " + String.join(", ", facts));
            table.partitions()
                    .forEach(partition -> line("  " + partition.name() + ": " + rows(partition.rows()) + ", "
                            + Bytes.text(partition.bytes())));
        }
    }

    private void topics(Plan plan) {
        heading("Topics: " + plan.topics().size()
                + " (a topic that exists keeps its settings; schemas are those before transforms)");
        for (PlannedTopic topic : plan.topics()) {
            line(topic.name() + " for " + topic.content() + ": "
                    + topic.creation().map(PlanText::settings).orElse("the broker's defaults"));
            topic.schemas().ifPresent(schemas -> SchemaText.of(schemas).forEach(line -> line("  " + line)));
        }
        plan.withoutSchemas().ifPresent(reason -> line("No schemas: " + reason));
        if (!plan.renaming().isEmpty()) {
            line("These may change the names of topics: " + String.join(", ", plan.renaming()));
        }
    }

    private static String settings(TopicCreation.Settings settings) {
        String group = settings.group().equals("default") ? "" : " (group " + settings.group() + ")";
        return "partitions=" + settings.partitions().orElse("the broker's") + ", replication.factor="
                + settings.replicas().orElse("the broker's") + ", cleanup.policy="
                + settings.cleanupPolicy().orElse("the broker's") + ", retention.ms="
                + settings.retentionMillis().orElse("the broker's") + group;
    }

    private static String slot(PlannedSlot slot) {
        return slot.name()
                + switch (slot.state()) {
                    case EXISTS ->
                        slot.retainedBytes().isPresent()
                                ? " exists; the server keeps "
                                        + Bytes.text(slot.retainedBytes().getAsLong()) + " of WAL for it"
                                : " exists";
                    case WILL_BE_CREATED -> " will be created";
                    case NOT_NEEDED -> " is not needed: the connector ends after its snapshot";
                };
    }

    private static String publication(PlannedPublication publication) {
        return publication.name()
                + switch (publication.state()) {
                    case EXISTS -> " exists";
                    case WILL_BE_CHANGED -> " exists; the connector will add tables:";
                    case WILL_BE_CREATED -> " will be created:";
                    case MISSING -> " does not exist, and the connector does not create it";
                    case NOT_NEEDED -> " is not needed: the connector ends after its snapshot";
                };
    }

    private static String memory(QueueMemory memory) {
        return memory.limitBytes().isPresent()
                ? "Waiting events may take " + Bytes.text(memory.limitBytes().getAsLong())
                        + " (max.queue.size.in.bytes)"
                : "Waiting events may take 1/" + memory.heapShare() + " of the worker's heap: "
                        + Bytes.text(memory.bytesIn(EXAMPLE_HEAP)) + " of " + Bytes.text(EXAMPLE_HEAP)
                        + " (max.queue.size.in.bytes is not set)";
    }

    private static String rows(OptionalLong rows) {
        return rows.isPresent()
                ? "about " + String.format(Locale.ROOT, "%,d", rows.getAsLong()) + " rows"
                : "unknown rows (never analyzed)";
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void sql(List<String> statements) {
        statements.forEach(statement -> line("  " + statement + ";"));
    }

    private void heading(String heading) {
        text.append('\n').append(heading).append('\n');
    }

    private void line(String line) {
        text.append(line.lines().map(each -> "  " + each).collect(Collectors.joining("\n")))
                .append('\n');
    }
}
