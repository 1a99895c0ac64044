// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.common.config.ConfigDef;

/** Recommends values for an option that is always visible. */
record Recommendations(BiFunction<String, Map<String, Object>, List<Object>> values) implements ConfigDef.Recommender {

    @Override
    public List<Object> validValues(String name, Map<String, Object> config) {
        return values.apply(name, config);
    }

    @Override
    public boolean visible(String name, Map<String, Object> config) {
        return true;
    }
}
