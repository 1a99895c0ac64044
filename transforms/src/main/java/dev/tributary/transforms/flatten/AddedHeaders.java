// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.flatten;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.event.SchemaCache;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Headers;

/** Adds fields of the envelope to a record's headers. */
public final class AddedHeaders {

    private final List<Metadata> added;
    private final SchemaCache<List<Metadata.Present>> present;

    public AddedHeaders(List<Metadata> added) {
        this.added = added;
        this.present = new SchemaCache<>(envelope -> Metadata.presentIn(envelope, added));
    }

    /** Whether there is nothing to add. */
    public boolean isEmpty() {
        return added.isEmpty();
    }

    /** Adds the fields that the event has. */
    public void addTo(Headers headers, ChangeEvent event) {
        if (event.value() instanceof Struct envelope) {
            for (Metadata.Present metadata : present.get(envelope.schema())) {
                headers.add(metadata.name(), metadata.path().in(envelope), metadata.schema());
            }
        } else if (event.value() instanceof Map<?, ?> envelope) {
            for (Metadata metadata : added) {
                FieldPath path = metadata.in(envelope);
                if (path != null) {
                    headers.add(metadata.name(), path.in(envelope), null);
                }
            }
        }
    }

    /** A tombstone only says that a row was deleted, so {@code op} is the only field to add. */
    public void addToTombstone(Headers headers) {
        for (Metadata metadata : added) {
            if (metadata.isOperation()) {
                headers.addString(metadata.name(), Operation.DELETE.code());
            }
        }
    }
}
