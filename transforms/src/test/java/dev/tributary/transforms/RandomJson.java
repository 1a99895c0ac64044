// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON that Debezium expands correctly. */
record RandomJson(Random random, boolean keepNulls) {

    @Nullable
    String payload() {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "  ";
            case 2 -> "no JSON";
            case 3 -> "{\"broken\":";
            case 4 -> "{\"mixed\":" + (random.nextBoolean() ? "[1,\"a\"]}" : "[{\"a\":1},2]}");
            default -> object(3);
        };
    }

    private String object(int depth) {
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> "\"" + name() + "\":" + value(depth - 1))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** There are few names, so that some occur twice in one object. */
    private String name() {
        return List.of("a", "b", "c", "some name", "d.e", "ü").get(random.nextInt(6));
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> "null";
            case 6 -> object(depth);
            case 7 -> array(depth);
            case 8 -> keepNulls ? "[null]" : "[]";
            default -> scalar(random.nextInt(6));
        };
    }

    private String scalar(int kind) {
        return switch (kind) {
            case 0 -> "\"text \\u00fc \\n\"";
            case 1 -> String.valueOf(random.nextInt());
            case 2 -> String.valueOf((1L << 40) + random.nextInt());
            case 3 -> String.valueOf(random.nextDouble() * 1_000);
            case 4 -> "1e" + random.nextInt(300);
            default -> String.valueOf(random.nextBoolean());
        };
    }

    /**
     * An array of objects, some of which lack a field or have a null in it. A name always has one type. No object is
     * null, since Debezium's schema does not allow that if the objects differ.
     */
    String differentObjects() {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> Stream.of("text", "int", "long", "list", "flag")
                        .filter(name -> random.nextBoolean())
                        .map(name -> "\"" + name + "\":"
                                + switch (random.nextInt(5) == 0 ? "" : name) {
                                    case "text" -> "\"x\"";
                                    case "int" -> "7";
                                    case "long" -> "5000000000";
                                    case "list" -> keepNulls || random.nextBoolean() ? "[{\"a\":1}]" : "[]";
                                    case "flag" -> "true";
                                    default -> "null";
                                })
                        .collect(Collectors.joining(",", "{", "}")))
                .collect(Collectors.joining(",", "{\"all\":[{},", "]}"));
    }

    /** An array whose elements have one type. */
    private String array(int depth) {
        int kind = random.nextInt(9);
        String object = object(depth - 1);
        Stream<String> elements = IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> switch (kind) {
            case 6 -> object;
            case 7 -> "[1,null]";
            case 8 -> "[" + object + "]";
            default -> scalar(kind);
        });
        return "[" + (random.nextBoolean() ? "null," : "") + String.join(",", elements.toList()) + "]";
    }
}
