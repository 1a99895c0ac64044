// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.config.Configuration;
import io.debezium.processors.PostProcessorRegistry;
import io.debezium.processors.PostProcessorRegistryServiceProvider;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.service.Service;
import io.debezium.service.spi.ServiceProvider;
import io.debezium.service.spi.ServiceRegistry;

/**
 * Makes the post processors that the options name, and gives them converters that mask. They run when the values of a
 * record have been masked, so one that reads a value from the database would put the plain one there.
 */
final class MaskingProcessors extends PostProcessorRegistryServiceProvider {

    private final CustomConverterRegistry converters;

    /** @param converters the converters that post processors find among the services */
    MaskingProcessors(CustomConverterRegistry converters) {
        this.converters = converters;
    }

    @Override
    public PostProcessorRegistry createService(Configuration configuration, ServiceRegistry services) {
        PostProcessorRegistry made = super.createService(configuration, services);
        return new PostProcessorRegistry(made.getProcessors()) {
            @Override
            public void injectServiceRegistry(ServiceRegistry all) {
                super.injectServiceRegistry(new Services(all, converters));
            }
        };
    }

    /** All services, with other converters. */
    private record Services(ServiceRegistry all, CustomConverterRegistry converters) implements ServiceRegistry {

        @Override
        public <T extends Service> T getService(Class<T> type) {
            return type == CustomConverterRegistry.class ? type.cast(converters) : all.getService(type);
        }

        @Override
        public <T extends Service> void registerServiceProvider(ServiceProvider<T> provider) {
            all.registerServiceProvider(provider);
        }

        @Override
        public void close() {
            all.close();
        }
    }
}
