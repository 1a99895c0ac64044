// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.benchmarks.meter.CpuShares.Owner;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuSharesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org/apache/kafka/connect/runtime/WorkerTask.run;dev/tributary/json/TributaryJsonConverter.fromConnectData;dev/tributary/row/JsonText.quoted;java/lang/String.length | CONVERTER",
                "java/lang/Thread.run;dev/tributary/capture/stream/StreamDispatch.run;dev/tributary/row/RowImage.read | CAPTURE",
                "dev/tributary/replication/ReplicationReader.read;org/postgresql/core/PGStream.read;java/net/SocketInputStream.read;recv | CAPTURE",
                "org/apache/kafka/connect/runtime/AbstractWorkerSourceTask.sendRecords;org/apache/kafka/clients/producer/KafkaProducer.doSend;org/apache/kafka/common/record/DefaultRecord.writeTo | PRODUCER",
                "org/apache/kafka/connect/runtime/AbstractWorkerSourceTask.recordSent;org/apache/kafka/common/metrics/Sensor.record | CONNECT",
                "start_thread;G1ParTask;memcpy | JVM",
                "java/lang/Thread.run;sun/rmi/transport/Transport.serviceCall | OTHER"
            })
    void theTimeIsThatOfTheNearestCaller(String frames, Owner owner) {
        // When
        CpuShares shares = CpuShares.of(List.of("[task-thread-shop-0 tid=42];" + frames + " 7"));

        // Then
        assertThat(shares.part(owner)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE, 0.75", "PRODUCER, 0.25", "CONNECT, 0"})
    void partsAreOfAllSamples(Owner owner, double part) {
        // Given
        List<String> collapsed = List.of("t;dev/tributary/A.b 3", "t;org/apache/kafka/clients/C.d 1");

        // When, Then
        assertThat(CpuShares.of(collapsed).part(owner)).isEqualTo(part);
    }
}
