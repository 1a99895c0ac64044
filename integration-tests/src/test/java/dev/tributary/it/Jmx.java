// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import dev.tributary.sandbox.ConnectWorker;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The MBeans of a worker, as a monitoring system sees them. */
final class Jmx implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    @SuppressWarnings("BanJNDI") // the address is our own worker on loopback
    Jmx(ConnectWorker worker) throws IOException {
        int port = worker.jmxPort().orElseThrow();
        connector = JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"));
        beans = connector.getMBeanServerConnection();
    }

    /** The name of a connector's MBean for a context, {@code snapshot} or {@code streaming}. */
    static ObjectName metrics(String context, TestConnector connector) throws JMException {
        return new ObjectName(
                "debezium.postgres:type=connector-metrics,context=" + context + ",server=" + connector.name());
    }

    /** The name of the MBean with the state of a connector's task. */
    static ObjectName task(TestConnector connector) throws JMException {
        return new ObjectName("dev.tributary:type=task,server=" + ObjectName.quote(connector.name()));
    }

    boolean exists(ObjectName bean) throws IOException {
        return beans.isRegistered(bean);
    }

    /** The names of the attributes. */
    Set<String> attributes(ObjectName bean) throws IOException, JMException {
        Set<String> names = new TreeSet<>();
        Arrays.stream(beans.getMBeanInfo(bean).getAttributes()).forEach(attribute -> names.add(attribute.getName()));
        return names;
    }

    /** Attributes and operations with their types: everything that a client can rely on. */
    Set<String> contract(ObjectName bean) throws IOException, JMException {
        MBeanInfo info = beans.getMBeanInfo(bean);
        Set<String> contract = new TreeSet<>();
        Arrays.stream(info.getAttributes())
                .forEach(attribute -> contract.add(attribute.getType() + " " + attribute.getName()));
        Arrays.stream(info.getOperations())
                .forEach(operation -> contract.add(operation.getReturnType() + " " + operation.getName() + "()"));
        return contract;
    }

    Object read(ObjectName bean, String attribute) throws IOException, JMException {
        return beans.getAttribute(bean, attribute);
    }

    long number(ObjectName bean, String attribute) throws IOException, JMException {
        return ((Number) read(bean, attribute)).longValue();
    }

    void invoke(ObjectName bean, String operation) throws IOException, JMException {
        beans.invoke(bean, operation, new Object[0], new String[0]);
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
