// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Transforms and their predicates, created from a connector's configuration as a worker does it: KIP-66 and KIP-585.
 *
 * @param stages in their order
 */
record Chain(List<Stage> stages) {

    private static final Pattern BLOCK = Pattern.compile("```json\n(\"transforms\": .*?)```", Pattern.DOTALL);

    /** The chains in the configurations on a page of the documentation. */
    static List<Chain> onPage(Path page) throws IOException {
        List<Chain> chains = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(Files.readString(page)); block.find(); ) {
            chains.add(of(new ObjectMapper().readValue("{" + block.group(1) + "}", new TypeReference<>() {})));
        }
        return chains;
    }

    @SuppressWarnings("unchecked") // generic plugins, named in a configuration
    static Chain of(Map<String, String> connector) {
        List<Stage> stages = new ArrayList<>();
        for (String alias :
                List.of(Objects.requireNonNull(connector.get("transforms")).split(",", -1))) {
            Map<String, String> options = below(connector, "transforms." + alias + ".");
            String predicate = options.remove("predicate");
            boolean negate = Boolean.parseBoolean(options.remove("negate"));
            stages.add(new Stage(
                    configured(Transformation.class, options),
                    predicate == null
                            ? null
                            : configured(Predicate.class, below(connector, "predicates." + predicate + ".")),
                    negate));
        }
        return new Chain(List.copyOf(stages));
    }

    private static Map<String, String> below(Map<String, String> connector, String prefix) {
        return connector.entrySet().stream()
                .filter(option -> option.getKey().startsWith(prefix))
                .collect(Collectors.toMap(option -> option.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    private static <T extends Configurable> T configured(Class<T> type, Map<String, String> options) {
        try {
            T plugin = Class.forName(options.remove("type"))
                    .asSubclass(type)
                    .getConstructor()
                    .newInstance();
            plugin.configure(options);
            return plugin;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The resulting record; null if it is dropped. */
    @Nullable
    SourceRecord apply(SourceRecord record) {
        SourceRecord at = record;
        for (Stage stage : stages) {
            if (at != null && (stage.predicate == null || stage.predicate.test(at) != stage.negate)) {
                at = stage.transform.apply(at);
            }
        }
        return at;
    }

    /** @param predicate null if the transform is applied to every record */
    record Stage(
            Transformation<SourceRecord> transform,
            @Nullable Predicate<SourceRecord> predicate,
            boolean negate) {}
}
