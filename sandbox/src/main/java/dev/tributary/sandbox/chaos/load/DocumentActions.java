// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.SQLException;

/** Wide rows. */
final class DocumentActions {

    /** A document has an id from 0, or after a change of the key {@code id + DOCUMENTS}. */
    static final int DOCUMENTS = 400;

    /**
     * A body of 1 to 40 kB that depends on nothing but a text and a number of pieces: MD5 sums of 32 characters each.
     */
    static final String BODY = "(SELECT string_agg(md5(%s || ':' || piece), '') FROM generate_series(1, %s) AS piece)";

    /** The most pieces of a body. */
    static final int PIECES = 1_250;

    private DocumentActions() {}

    static void rename(Work work) throws SQLException {
        int id = work.random().nextInt(DOCUMENTS);
        work.update(
                "UPDATE document SET title = ?, revision = revision + 1 WHERE id IN (?, ?)",
                work.text(),
                id,
                id + DOCUMENTS);
    }

    static void rewrite(Work work) throws SQLException {
        int id = work.random().nextInt(DOCUMENTS);
        work.update(
                "UPDATE document SET body = " + BODY.formatted("?::text", "?") + ", revision = revision + 1"
                        + " WHERE id IN (?, ?)",
                work.text(),
                work.between(31, PIECES),
                id,
                id + DOCUMENTS);
    }

    /** Changes the key and leaves the body alone. */
    static void changeKey(Work work) throws SQLException {
        int id = work.ownId(DOCUMENTS);
        if (work.update("UPDATE document SET id = ? WHERE id = ?", id + DOCUMENTS, id) == 0) {
            work.update("UPDATE document SET id = ? WHERE id = ?", id, id + DOCUMENTS);
        }
    }

    /** Deletes a document and inserts it again with another body. */
    static void replace(Work work) throws SQLException {
        int id = work.ownId(DOCUMENTS);
        work.update("DELETE FROM document WHERE id IN (?, ?)", id, id + DOCUMENTS);
        work.update(
                "INSERT INTO document (id, title, body, revision) VALUES (?, ?, " + BODY.formatted("?::text", "?")
                        + ", 0)",
                id,
                work.text(),
                work.text(),
                work.between(31, PIECES));
    }
}
