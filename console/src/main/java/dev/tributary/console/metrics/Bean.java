// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
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
        try {
            return server.queryNames(new ObjectName(pattern), null).stream()
                    .sorted()
                    .flatMap(name -> read(server, name))
                    .toList();
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(pattern, e);
        }
    }

    private static Stream<Bean> read(MBeanServer server, ObjectName name) {
        try {
            String[] names = Arrays.stream(server.getMBeanInfo(name).getAttributes())
                    .filter(MBeanAttributeInfo::isReadable)
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            Map<String, Object> values = new HashMap<>();
            for (Attribute attribute : server.getAttributes(name, names).asList()) {
                if (attribute.getValue() != null) {
                    values.put(attribute.getName(), attribute.getValue());
                }
            }
            return Stream.of(new Bean(name, values));
        } catch (JMException e) {
            return Stream.empty();
        }
    }

    /** A part of the name, such as {@code server}. */
    String key(String part) {
        String value = name.getKeyProperty(part);
        if (value == null) {
            return "";
        }
        return value.startsWith("\"") ? ObjectName.unquote(value) : value;
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
