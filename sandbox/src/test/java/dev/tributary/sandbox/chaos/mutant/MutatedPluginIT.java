// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.mutant;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tributary.sandbox.Distribution;
import dev.tributary.sandbox.PluginDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutatedPluginIT {

    @TempDir
    private Path directory;

    /** The code that a mutant changes must be there as it expects it. */
    @ParameterizedTest
    @EnumSource(Mutant.class)
    void everyMutantFitsTheCodeAndCompiles(Mutant mutant) {
        Distribution distribution = Distribution.find();
        PluginDirectory plugin = PluginDirectory.unpack(distribution.pluginZip(), directory.resolve("plugin"));
        assertThatCode(() -> MutatedPlugin.apply(mutant, distribution, plugin.path(), directory.resolve("scratch")))
                .doesNotThrowAnyException();
    }
}
