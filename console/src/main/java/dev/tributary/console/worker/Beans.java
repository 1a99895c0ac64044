// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/** Reads MBeans, also as JSON: each attribute is a field, whose name begins with a small letter. */
public final class Beans {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final MBeanServer server;

    public Beans(MBeanServer server) {
        this.server = server;
    }

    /** The names that match a pattern, such as {@code dev.tributary:*}. */
    public Set<ObjectName> names(String pattern) {
        return server.queryNames(name(pattern), null);
    }

    /** The attributes of an MBean that can be read; empty if it does not exist, as after the end of its task. */
    public Optional<List<Attribute>> attributes(ObjectName name) {
        try {
            String[] names = Stream.of(server.getMBeanInfo(name).getAttributes())
                    .filter(MBeanAttributeInfo::isReadable)
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            return Optional.of(server.getAttributes(name, names).asList());
        } catch (JMException e) {
            return Optional.empty();
        }
    }

    /** An MBean as JSON; empty if it does not exist. */
    public Optional<ObjectNode> read(ObjectName name) {
        return attributes(name).map(attributes -> {
            ObjectNode node = JSON.objectNode();
            attributes.forEach(attribute -> node.set(field(attribute.getName()), json(attribute.getValue())));
            return node;
        });
    }

    /** A part of a name, such as {@code server}: we quote it, Debezium does if it has to. Empty if it has none. */
    public static String key(ObjectName name, String part) {
        String value = name.getKeyProperty(part);
        if (value == null) {
            return "";
        }
        return value.startsWith("\"") ? ObjectName.unquote(value) : value;
    }

    /** A numeric attribute; NaN if there is none. */
    public double number(ObjectName name, String attribute) {
        try {
            return server.getAttribute(name, attribute) instanceof Number number ? number.doubleValue() : Double.NaN;
        } catch (JMException e) {
            return Double.NaN;
        }
    }

    /**
     * Calls an operation whose parameters are strings.
     *
     * @return its result; empty if the MBean does not exist
     * @throws IllegalArgumentException or another unchecked exception, as the operation throws it
     */
    public Optional<JsonNode> call(ObjectName name, String operation, String... arguments) {
        String[] signature = new String[arguments.length];
        Arrays.fill(signature, String.class.getName());
        try {
            return Optional.of(json(server.invoke(name, operation, arguments, signature)));
        } catch (InstanceNotFoundException e) {
            return Optional.empty();
        } catch (RuntimeMBeanException e) {
            throw e.getTargetException();
        } catch (MBeanException e) {
            throw new IllegalStateException(e.getTargetException().getMessage(), e.getTargetException());
        } catch (JMException e) {
            throw new IllegalStateException("Cannot call " + operation + " of " + name, e);
        }
    }

    /** The MBean of one of our types for a topic prefix. */
    public static ObjectName ofServer(String type, String server) {
        return name("dev.tributary:type=" + type + ",server=" + ObjectName.quote(server));
    }

    static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String field(String attribute) {
        return attribute.substring(0, 1).toLowerCase(Locale.ROOT) + attribute.substring(1);
    }

    private static JsonNode json(@Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            return JSON.numberNode(((Number) value).longValue());
        }
        if (value instanceof Number number) {
            double exact = number.doubleValue();
            return Double.isFinite(exact) ? JSON.numberNode(exact) : JSON.nullNode();
        }
        if (value instanceof CompositeData composite) {
            ObjectNode node = JSON.objectNode();
            composite.getCompositeType().keySet().forEach(key -> node.set(key, json(composite.get(key))));
            return node;
        }
        if (value instanceof TabularData table) {
            return entries(table);
        }
        if (value instanceof long[] numbers) {
            ArrayNode node = JSON.arrayNode();
            Arrays.stream(numbers).forEach(node::add);
            return node;
        }
        if (value instanceof double[] numbers) {
            ArrayNode node = JSON.arrayNode();
            Arrays.stream(numbers).forEach(node::add);
            return node;
        }
        if (value instanceof Object[] elements) {
            return array(Arrays.asList(elements));
        }
        if (value instanceof Collection<?> elements) {
            return array(elements);
        }
        return JSON.textNode(value.toString());
    }

    private static ArrayNode array(Collection<?> elements) {
        ArrayNode node = JSON.arrayNode();
        elements.forEach(element -> node.add(json(element)));
        return node;
    }

    /** What an MXBean makes of a map. */
    private static JsonNode entries(TabularData table) {
        ObjectNode node = JSON.objectNode();
        table.values().forEach(row -> {
            CompositeData entry = (CompositeData) row;
            if (entry.containsKey("key") && entry.containsKey("value")) {
                node.set(String.valueOf(entry.get("key")), json(entry.get("value")));
            }
        });
        return node;
    }
}
