// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

import org.apache.kafka.connect.connector.ConnectRecord;
import org.jspecify.annotations.Nullable;

/** Which topic a record goes to. */
public sealed interface Topics permits TemplateTopics, RegexTopics {

    /**
     * A legal name; null if the record is not routed and stays as it is.
     *
     * @throws org.apache.kafka.connect.errors.DataException if there is no legal name for it, and it may not stay
     */
    @Nullable
    String of(ConnectRecord<?> record);
}
