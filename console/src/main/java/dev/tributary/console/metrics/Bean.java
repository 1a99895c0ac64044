// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import dev.tributary.console.worker.Beans;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/**
 * An MBean at one moment.
 *
 * @param name its name
 * @param attributes the attributes that could be read
 */
record Bean(ObjectName name, Map<String, Object> attributes) {

    private static final double UNKNOWN = -1;

    /** Reads the MBeans that match a pattern. One that ends meanwhile, as with its task, is left out. */
    static List<Bean> matching(MBeanServer server, String pattern) {
        Beans beans = new Beans(server);
        return beans.names(pattern).stream()
                .sorted()
                .flatMap(name -> beans.attributes(name).map(values -> of(name, values)).stream())
                .toList();
    }

    private static Bean of(ObjectName name, List<Attribute> attributes) {
        Map<String, Object> values = new HashMap<>();
        for (Attribute attribute : attributes) {
            if (attribute.getValue() != null) {
                values.put(attribute.getName(), attribute.getValue());
            }
        }
        return new Bean(name, values);
    }

    /** A part of the name, such as {@code server}. */
    String key(String part) {
        return Beans.key(name, part);
    }

    String text(String attribute) {
        return attributes.get(attribute) instanceof String text ? text : "";
    }

    boolean isTrue(String attribute) {
        return Boolean.TRUE.equals(attributes.get(attribute));
    }

    /** A number; -1 if there is none. */
    double number(String attribute) {
        return number(attributes.get(attribute));
    }

    static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : UNKNOWN;
    }

    /** How many elements an array or a list has. */
    int size(String attribute) {
        Object value = attributes.get(attribute);
        return value instanceof Object[] array ? array.length : 0;
    }

    long[] counts(String attribute) {
        return attributes.get(attribute) instanceof long[] counts ? counts : new long[0];
    }

    double[] numbers(String attribute) {
        return attributes.get(attribute) instanceof double[] numbers ? numbers : new double[0];
    }

    /** The elements of a list of objects. */
    List<CompositeData> rows(String attribute) {
        return attributes.get(attribute) instanceof CompositeData[] rows ? List.of(rows) : List.of();
    }

    /** The entries of a map. */
    Map<String, Double> map(String attribute) {
        Map<String, Double> map = new HashMap<>();
        if (attributes.get(attribute) instanceof TabularData table) {
            for (Object row : table.values()) {
                if (row instanceof CompositeData entry) {
                    map.put(String.valueOf(entry.get("key")), number(entry.get("value")));
                }
            }
        }
        return map;
    }
}
