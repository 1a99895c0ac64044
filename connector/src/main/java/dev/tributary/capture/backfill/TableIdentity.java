// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an offset knows of a table whose rows have been sent. It tells it from another table that has its name later,
 * and notices whether changes of the table may have been left out of the publication in between.
 *
 * @param table identifies the table
 * @param publication identifies the publication; empty in the offset of an earlier version
 * @param member identifies everything that makes the table part of it
 */
public record TableIdentity(String table, String publication, String member) {

    /** The end of the identity of a partitioned table: an offset that has it notes its partitions, too. */
    static final String NOTED = ">";

    /** Stands for a publication that contains nothing. */
    private static final String NOTHING = "0";

    private static final Pattern OID = Pattern.compile("(\\d+)" + NOTED + "?");

    /** Before the schemas there is a plus sign, which belongs to each of them. */
    private static final Pattern SEPARATOR = Pattern.compile(",|(?=\\+)");

    private static final Pattern TEXT = Pattern.compile("([^/]*)(?:/(\\d+)\\.(.*))?");

    /** Reads {@link #text}, or the identity that an earlier version wrote. */
    public static TableIdentity parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || matcher.group(2) == null) {
            return new TableIdentity(text, "", "");
        }
        return new TableIdentity(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /** @param member as {@code PublishedTables} has it */
    static TableIdentity of(String table, String member) {
        return parse(member.isEmpty() ? table : table + "/" + member);
    }

    String text() {
        return publication.isEmpty() ? table : table + "/" + publication + "." + member;
    }

    /** The oid of a table; empty for a partition. */
    Optional<Long> oid() {
        Matcher matcher = OID.matcher(table);
        return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** The identity of this table once changes of it were not captured: no table continues it. */
    TableIdentity interrupted() {
        return new TableIdentity(table, NOTHING, "");
    }

    boolean isInterrupted() {
        return publication.equals(NOTHING);
    }

    /** Whether it is the same table, whatever happened to its publication. */
    boolean isSameTable(TableIdentity other) {
        return table.equals(other.table) || table.equals(other.table + NOTED);
    }

    /**
     * Whether anything that made the table part of the publication still does, so that it has done all the time. If
     * nothing is known that did, an earlier version has overlooked the schema of a partitioned table.
     */
    boolean hasMemberOf(TableIdentity known) {
        return known.member.isEmpty() || !Collections.disjoint(members(), known.members());
    }

    /** With a publication for all tables, a single empty text. */
    private List<String> members() {
        return List.of(SEPARATOR.split(member, -1));
    }
}
