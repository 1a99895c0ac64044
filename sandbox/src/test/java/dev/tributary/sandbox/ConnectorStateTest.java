// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ConnectorStateTest {

    @Test
    void runsWhenConnectorAndTasksRun() throws JsonProcessingException {
        assertThat(state("{'connector':{'state':'RUNNING'},'tasks':[{'state':'RUNNING'}]}")
                        .isRunning())
                .isTrue();
    }

    @Test
    void doesNotRunWithoutTasksOrWithOneThatDoesNot() throws JsonProcessingException {
        assertThat(state("{'connector':{'state':'RUNNING'},'tasks':[]}").isRunning())
                .isFalse();
        assertThat(state("{'connector':{'state':'RUNNING'},'tasks':[{'state':'UNASSIGNED'}]}")
                        .isRunning())
                .isFalse();
    }

    @Test
    void returnsTheTraceOfTheFailure() throws JsonProcessingException {
        assertThat(state("{'connector':{'state':'RUNNING'},'tasks':[{'state':'FAILED','trace':'why'}]}")
                        .failure())
                .contains("why");
    }

    private static ConnectorState state(String json) throws JsonProcessingException {
        return new ConnectorState(new ObjectMapper().readTree(json.replace('\'', '"')));
    }
}
