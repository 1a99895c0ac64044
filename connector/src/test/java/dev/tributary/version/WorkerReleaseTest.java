// SPDX-License-Identifier: Apache-2.0
package dev.tributary.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerReleaseTest {

    @ParameterizedTest
    @ValueSource(strings = {"2.8.2", "3.4.1", "3.5.2", "7.5.3-ccs", "7.4.0-ce", "3.5.0-SNAPSHOT"})
    void anOldWorkerIsAProblem(String version) {
        assertThat(WorkerRelease.problem(version))
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("Kafka Connect " + version).contains("needs 3.6 or later"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6.0", "3.6.2", "3.10.0", "4.0.0", "4.3.1", "7.6.0-ccs", "8.0.0-ce", "unknown", ""})
    void aNewerOneOrAnUnknownOneIsNone(String version) {
        assertThat(WorkerRelease.problem(version)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.1.0", "4.3.1", "5.0.0", "8.1.0-ccs"})
    void workersSince41HaveMetricsOfPlugins(String version) {
        assertThat(WorkerRelease.hasPluginMetrics(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6.0", "3.9.1", "4.0.2", "8.0.0-ce", "unknown", ""})
    void olderOnesAndUnknownOnesDoNot(String version) {
        assertThat(WorkerRelease.hasPluginMetrics(version)).isFalse();
    }
}
