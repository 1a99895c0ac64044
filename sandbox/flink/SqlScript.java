// SPDX-License-Identifier: Apache-2.0

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Runs a file of statements as Flink's SQL client does, in a cluster inside this JVM, and stays until its job ends. The
 * client itself is not on Maven Central for this release. Started from its source, with Flink's jars on the class path.
 */
public final class SqlScript {

    private static final Pattern SETTING = Pattern.compile("SET\\s+'([^']+)'\\s*=\\s*'([^']*)'");

    private SqlScript() {}

    /** @param arguments the file; each statement in it ends with a semicolon at the end of a line */
    public static void main(String[] arguments) throws Exception {
        TableEnvironment environment = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        for (String statement : Files.readString(Path.of(arguments[0])).split(";\\s*(\\n|$)")) {
            Matcher setting = SETTING.matcher(statement.strip());
            if (setting.matches()) {
                environment.getConfig().set(setting.group(1), setting.group(2));
            } else if (!statement.isBlank()) {
                var result = environment.executeSql(statement);
                if (statement.strip().startsWith("INSERT")) {
                    await(result.getJobClient().orElseThrow());
                }
            }
        }
    }

    private static void await(JobClient job) throws Exception {
        while (job.getJobStatus().get() != JobStatus.RUNNING) {
            Thread.sleep(100);
        }
        System.out.println("The job runs: " + job.getJobID());
        job.getJobExecutionResult().get();
    }
}
