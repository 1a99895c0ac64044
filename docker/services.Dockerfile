# SPDX-License-Identifier: Apache-2.0
# The sample services and the traffic generator. To build the image, from the root of the repository:
#   ./mvnw -B -q -Dmaven.test.skip=true -pl sample-services,sample-db -am package
#   docker build -f docker/services.Dockerfile -t tributary/services:0.1.0 .
FROM eclipse-temurin:17-jre

LABEL org.opencontainers.image.title="Tributary sample services" \
      org.opencontainers.image.licenses="Apache-2.0"

RUN mkdir -p /var/lib/sales && chown 1000:1000 /var/lib/sales
# A separate layer for the libraries, because they change less often than the services.
COPY sample-services/target/lib/ /opt/services/lib/
COPY sample-db/target/lib/ /opt/traffic/lib/
COPY sample-services/target/tributary-sample-services-*.jar /opt/services/
COPY sample-db/target/tributary-sample-db-*.jar /opt/traffic/
COPY docker/services/ /opt/tributary/

ENV HTTP_HOST=0.0.0.0 STATE_DIR=/var/lib/sales
USER 1000:1000
ENTRYPOINT ["sh", "/opt/tributary/run.sh"]
